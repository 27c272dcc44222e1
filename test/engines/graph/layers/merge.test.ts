import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { UnsupportedByGraph } from '../../../../src/engines/graph/build/unsupported.js';
import { openNetworkGraph } from '../../../../src/engines/graph/network-graph.js';
import { apply, conv, finish, input, subtract } from '../../../helpers/branching-networks.js';
import { graphEngine } from '../../../helpers/engines.js';
import { expectSameGradients, mapSize, randomizeWeights, uniform } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

const { layers } = tf;

const MERGES: [string, number, () => tf.layers.Layer][] = [
  ['Add', 3, () => layers.add({ name: 'merge' })],
  ['Subtract', 2, subtract],
  ['Multiply', 3, () => layers.multiply({ name: 'merge' })],
  ['Average', 3, () => layers.average({ name: 'merge' })],
  ['Maximum', 3, () => layers.maximum({ name: 'merge' })],
  ['Minimum', 3, () => layers.minimum({ name: 'merge' })],
  ['Concatenate', 3, () => layers.concatenate({ name: 'merge' })],
];

nativeTest.each(MERGES)("gradients of %s of %i inputs are tfjs's", (_, count, merge) => {
  expectSameGradients(
    mapSize,
    ({ height, width, channels }) => {
      const from = input(height, width, 2);
      const inputs = Array.from({ length: count }, (_, index) => apply(conv(`c${index}`, channels), from));
      return finish(from, apply(merge(), ...inputs));
    },
    { runs: 6 },
  );
});

nativeTest.each(MERGES)("gradients of %s of one tensor given several times are tfjs's", (_, count, merge) => {
  expectSameGradients(
    fc.constant(0),
    () => {
      const from = input();
      const maps = apply(conv('c'), from);
      return finish(from, apply(merge(), ...Array.from({ length: count }, () => maps)));
    },
    { runs: 3 },
  );
});

// tfjs fails to differentiate a Maximum that stretches: see test/graph/gradients/rules.test.ts.
nativeTest.each([
  ['Add', () => layers.add({ name: 'merge' })],
  ['Multiply', () => layers.multiply({ name: 'merge' })],
] as const)('%s stretches sizes of 1, and their gradients are sums', (_, merge) => {
  expectSameGradients(
    fc.constantFrom<[number, number][]>(
      [
        [6, 7],
        [1, 1],
      ],
      [
        [1, 7],
        [6, 7],
      ],
      [
        [6, 1],
        [1, 7],
      ],
    ),
    (windows) => {
      const from = input();
      const inputs = windows.map(([height, width], index) => {
        const poolSize: [number, number] = [6 / height, 7 / width];
        return apply(layers.averagePooling2d({ poolSize, name: `p${index}` }), apply(conv(`c${index}`), from));
      });
      return finish(from, apply(merge(), ...inputs));
    },
    { runs: 8 },
  );
});

/** Two branches of which one is shorter along an axis of the maps. */
function concatenating(axis: number): tf.LayersModel {
  const from = input();
  const shorter = [
    layers.maxPooling2d({ poolSize: [2, 1] }),
    layers.maxPooling2d({ poolSize: [1, 3] }),
    conv('more', 5),
  ];
  const other = apply(shorter[(axis + 3) % 4] as tf.layers.Layer, apply(conv('a'), from));
  return finish(from, apply(layers.concatenate({ axis, name: 'merge' }), apply(conv('b'), from), other));
}

nativeTest.each([1, 2, 3, -1])("along axis %i Concatenate's gradients are tfjs's", (axis) => {
  expectSameGradients(fc.constant(axis), concatenating, { runs: 3 });
});

// tfjs concatenates along the last axis for any that is counted from the end.
nativeTest.each([-2, -3])('axis %i counts from the end', async (axis) => {
  const outputs = [axis, axis + 4].map(async (each) => {
    const network = graphEngine(randomizeWeights(concatenating(each), 3));
    const [output] = await network.run(uniform(6 * 7 * 2, 4), 1, ['merge']);
    network.dispose();
    return output;
  });
  expect(await outputs[0]).toEqual(await outputs[1]);
});

const flatInput = () => tf.input({ shape: [4] });

test.each([
  [
    'inputs of different ranks',
    () => {
      const from = input(1, 1, 4);
      const flat = apply(layers.flatten({ name: 'flat' }), from);
      return tf.model({ inputs: from, outputs: apply(layers.add({ name: 'merge' }), from, flat) });
    },
    /merge: merges inputs of different ranks/,
  ],
  [
    'the batch as the axis',
    () => {
      const from = flatInput();
      return tf.model({ inputs: from, outputs: apply(layers.concatenate({ axis: 0, name: 'merge' }), from, from) });
    },
    /merge: concatenates along axis 0/,
  ],
])('%s is left to tfjs', (_, build, message) => {
  const compile = () => openNetworkGraph(build());
  expect(compile).toThrow(UnsupportedByGraph);
  expect(compile).toThrow(message);
});
