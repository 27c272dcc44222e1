import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNetworkFile } from '../../../src/formats/open/open-network-file.js';
import { groupAt, writeArray, writeHdf5 } from '../../../src/formats/write/keras/hdf5.js';

let folder: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-keras-2-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const layer = (kind: string, name: string, config: object) => ({
  ...{ module: 'keras.layers', class_name: kind, registered_name: null },
  config: { name, trainable: true, dtype: 'float32', ...config },
});
const conv = (name: string) =>
  layer('Conv2D', name, { filters: 1, kernel_size: [1, 1], use_bias: false, activation: 'relu' });
const dense = (name: string) => layer('Dense', name, { units: 1, use_bias: false, activation: 'linear' });
const CONFIG = {
  ...{ module: 'keras.src.engine.sequential', class_name: 'Sequential', registered_name: 'Sequential' },
  config: {
    name: 'sequential',
    layers: [
      layer('InputLayer', 'conv2d_input', { batch_input_shape: [null, 1, 1, 1] }),
      conv('conv2d'),
      conv('conv2d_1'),
      layer('Flatten', 'flatten', {}),
      dense('dense'),
      dense('dense_1'),
    ],
  },
};

/** What each layer's kernel is made of. */
const KERNELS = { conv2d: 2, conv2d_1: 3, dense: 5, dense_1: 7 };

/** @param places of the layers, as Keras 2 or 3 calls them */
async function save(places: Record<keyof typeof KERNELS, string>): Promise<void> {
  await fs.writeFile(join(folder, 'config.json'), JSON.stringify(CONFIG));
  await fs.writeFile(join(folder, 'metadata.json'), '{"keras_version": "2.13.1"}');
  await writeHdf5(join(folder, 'model.weights.h5'), (root) => {
    for (const [name, place] of Object.entries(places)) {
      const shape = name.startsWith('conv') ? [1, 1, 1, 1] : [1, 1];
      const value = KERNELS[name as keyof typeof KERNELS];
      writeArray(groupAt(root, `${place}/vars`), '0', { shape, values: Float32Array.of(value) });
    }
  });
}

async function readKernels(): Promise<Record<string, number>> {
  const { readWeights, close } = await openNetworkFile(folder);
  const kernels = await Promise.all(
    Object.keys(KERNELS).map(async (name) => [name, (await readWeights(name))[0]?.values[0]]),
  );
  await close();
  return Object.fromEntries(kernels);
}

// Keras 2.12 to 2.15 number a layer with weights twice; on Windows the path is one name.
test.each<[string, string[]]>([
  ['Keras 2', ['conv2d', 'conv2d_2', 'dense', 'dense_2'].map((name) => `_layer_checkpoint_dependencies/${name}`)],
  [
    'Keras 2 on Windows',
    ['conv2d', 'conv2d_2', 'dense', 'dense_2'].map((name) => `_layer_checkpoint_dependencies\\${name}`),
  ],
  [
    'a Keras that numbers once',
    ['conv2d', 'conv2d_1', 'dense', 'dense_1'].map((name) => `_layer_checkpoint_dependencies/${name}`),
  ],
  ['Keras 3 on Windows', ['conv2d', 'conv2d_1', 'dense', 'dense_1'].map((name) => `layers\\${name}`)],
])('the weights of %s go to their layers', async (_, [first = '', second = '', third = '', last = '']) => {
  await save({ conv2d: first, conv2d_1: second, dense: third, dense_1: last });
  expect(await readKernels()).toEqual(KERNELS);
});

test('weights under other names are refused by the layer that lacks them', async () => {
  const at = (name: string) => `_layer_checkpoint_dependencies/${name}`;
  await save({ conv2d: at('conv2d'), conv2d_1: at('conv2d_3'), dense: at('dense'), dense_1: at('dense_2') });
  await expect(openNetworkFile(folder)).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(/its layer "conv2d" has 0 weights, expected kernel$/),
  });
});
