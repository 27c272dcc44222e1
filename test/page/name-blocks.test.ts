import { expect, it } from 'vitest';
import { nameBlocks } from '../../src/page/name-blocks.js';

type Layer = [name: string, kind: string, ...inputs: string[]];
const layers = (...rows: Layer[]) => rows.map(([name, kind, ...inputs]) => ({ name, kind, inputs }));
/** A network of more layers than are shown one by one: these, and what is of no interest after them. */
const deep = (...rows: Layer[]) => {
  const last = rows.at(-1)?.[0] ?? '';
  const rest = Array.from(
    { length: 30 },
    (_, index): Layer => [`x${index}`, 'Conv2D', index === 0 ? last : `x${index - 1}`],
  );
  return nameBlocks(layers(...rows, ...rest)).slice(0, rows.length);
};

it('in a small network each layer is its own block', () => {
  expect(nameBlocks(layers(['a', 'Conv2D', ''], ['a_bn', 'BatchNormalization', 'a']))).toEqual(['a', 'a_bn']);
});

it('names say what belongs together', () => {
  const named = deep(
    ['conv1', 'Conv2D', ''],
    ['conv1_bn', 'BatchNormalization', 'conv1'],
    ['block_1_expand', 'Conv2D', 'conv1_bn'],
    ['block_1_add', 'Add', 'conv1_bn', 'block_1_expand'],
    ['conv4_block2_1_conv', 'Conv2D', 'block_1_add'],
    ['conv4_block2_out', 'Activation', 'conv4_block2_1_conv'],
    ['model/expanded_conv_3/project', 'Conv2D', 'conv4_block2_out'],
    ['net/expanded_conv_depthwise', 'DepthwiseConv2D', 'model/expanded_conv_3/project'],
    ['net/expanded_conv_project', 'Conv2D', 'net/expanded_conv_depthwise'],
  );
  expect(named).toEqual([
    ...['conv1', 'conv1', 'block_1', 'block_1', 'conv4_block2', 'conv4_block2', 'model/expanded_conv_3'],
    ...['net/expanded_conv', 'net/expanded_conv'],
  ]);
});

it('where they do not, branches belong together up to the layer that joins them, and a convolution to what follows it', () => {
  const named = deep(
    ['conv', 'Conv2D', ''],
    ['bn', 'BatchNormalization', 'conv'],
    ['left', 'Conv2D', 'bn'],
    ['right', 'Conv2D', 'bn'],
    ['right_2', 'Conv2D', 'right'],
    ['mixed0', 'Concatenate', 'left', 'right_2'],
    ['next', 'Conv2D', 'mixed0'],
    ['relu', 'Activation', 'next'],
  );
  expect(named).toEqual(['conv', 'conv', 'mixed0', 'mixed0', 'mixed0', 'mixed0', 'next', 'next']);
});
