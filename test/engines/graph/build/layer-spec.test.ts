import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../../../src/backend/select.js';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { readPlan } from '../../../../src/engines/contract/network-plan.js';
import { readNetwork, readWeights, requireTrainable } from '../../../../src/engines/graph/build/layer-spec.js';
import { UnsupportedByGraph } from '../../../../src/engines/graph/build/unsupported.js';

beforeAll(() => selectBackend('cpu'));

const { layers } = tf;
const input = () => tf.input({ shape: [4], name: 'in' });
const dense = (config: object = {}) => layers.dense({ units: 2, name: 'd', ...config });

const read = (model: tf.LayersModel) => readNetwork(readPlan(model), readWeights(model));

test('an input of any size is refused', () => {
  const model = tf.sequential({ layers: [layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [null, null, 3] })] });
  expect(() => read(model)).toThrow(UnsupportedByGraph);
  expect(() => read(model)).toThrow(/any size/);
});

test('a functional chain is read like a sequential model', () => {
  const x = input();
  const output = dense({ name: 'b' }).apply(dense({ name: 'a', units: 3 }).apply(x));
  const { calls, layers: once, inputShape } = read(tf.model({ inputs: x, outputs: output as tf.SymbolicTensor }));
  expect(inputShape).toEqual([4]);
  expect(once).toEqual(calls);
  expect(calls.map(({ name, inputShape, outputShape }) => [name, inputShape, outputShape])).toEqual([
    ['a', [4], [3]],
    ['b', [3], [2]],
  ]);
  expect(calls[1]?.weightNames).toEqual(['b/kernel', 'b/bias']);
});

test('each call of a layer comes after what feeds it, and has the weights of its layer', () => {
  const x = input();
  const twice = dense({ name: 'twice', units: 4 });
  const first = twice.apply(x) as tf.SymbolicTensor;
  const second = twice.apply(first) as tf.SymbolicTensor;
  const sum = layers.add({ name: 'sum' }).apply([second, first, x]) as tf.SymbolicTensor;
  const { calls, inputId } = read(tf.model({ inputs: x, outputs: sum }));
  expect(calls.map(({ name }) => name)).toEqual(['twice#1', 'twice#2', 'sum']);
  expect(calls.map(({ inputIds }) => inputIds)).toEqual([
    [inputId],
    [calls[0]?.outputId],
    [calls[1]?.outputId, calls[0]?.outputId, inputId],
  ]);
  for (const { weightNames } of calls.slice(0, 2)) expect(weightNames).toEqual(['twice/kernel', 'twice/bias']);
});

test('weights of the same name in two networks within a network are distinguished', () => {
  const half = () => tf.sequential({ layers: [dense({ name: 'same', inputShape: [4], units: 4 })] });
  const x = input();
  const output = half().apply(half().apply(x)) as tf.SymbolicTensor;
  const { calls } = read(tf.model({ inputs: x, outputs: output }));
  const names = calls.flatMap(({ weightNames }) => weightNames);
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/same\/(kernel|bias)$/);
});

test.each([
  ['a regularizer', dense({ inputShape: [4], kernelRegularizer: 'l1l2' }), /d: has a kernelRegularizer/],
  ['a constraint', dense({ inputShape: [4], biasConstraint: 'nonNeg' }), /d: has a biasConstraint/],
])('%s is refused for training', (_, layer, message) => {
  const model = tf.sequential({ layers: [layer] });
  expect(() => requireTrainable(model)).toThrow(message);
  expect(read(model).calls.length).toBe(1);
});

test('weights are listed in the order of getWeights, those of frozen layers and moving averages as not trainable', () => {
  const model = tf.sequential({
    layers: [
      dense({ name: 'a', inputShape: [4], trainable: false }),
      layers.batchNormalization({ name: 'n' }),
      dense(),
    ],
  });
  expect(readWeights(model).map(({ name, shape, trainable }) => [name, shape, trainable])).toEqual([
    ['n/gamma', [2], true],
    ['n/beta', [2], true],
    ['d/kernel', [2, 2], true],
    ['d/bias', [2], true],
    ['a/kernel', [4, 2], false],
    ['a/bias', [2], false],
    ['n/moving_mean', [2], false],
    ['n/moving_variance', [2], false],
  ]);
});
