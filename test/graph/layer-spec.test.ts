import { expect, test } from 'vitest';
import { tf } from '../../src/backend/tensors.js';
import { readLayers, requireTrainable } from '../../src/graph/layer-spec.js';
import { UnsupportedByGraph } from '../../src/graph/unsupported.js';

const { layers } = tf;
const input = () => tf.input({ shape: [4], name: 'in' });
const dense = (config: object = {}) => layers.dense({ units: 2, name: 'd', ...config });

function branching(): tf.LayersModel {
  const x = input();
  const sum = layers
    .add({ name: 'sum' })
    .apply([dense({ name: 'a' }).apply(x), dense({ name: 'b' }).apply(x)].flat() as tf.SymbolicTensor[]);
  return tf.model({ inputs: x, outputs: sum as tf.SymbolicTensor });
}

function skipping(): tf.LayersModel {
  const x = input();
  const first = dense({ name: 'a' }).apply(x) as tf.SymbolicTensor;
  dense({ name: 'b' });
  const last = dense({ name: 'c', units: 1 }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: x, outputs: [first, last] });
}

function shared(): tf.LayersModel {
  const x = input();
  const layer = dense({ units: 4, name: 'twice' });
  return tf.model({ inputs: x, outputs: layer.apply(layer.apply(x)) as tf.SymbolicTensor });
}

test.each([
  ['a branch', branching, /is not fed by the layer before it alone|several inputs/],
  ['several outputs', skipping, /several inputs or outputs/],
  ['a layer that is used twice', shared, /twice: is used more than once/],
  [
    'an input of any size',
    () => tf.sequential({ layers: [layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [null, null, 3] })] }),
    /any size/,
  ],
])('%s is refused', (_, build, message) => {
  expect(() => readLayers(build())).toThrow(UnsupportedByGraph);
  expect(() => readLayers(build())).toThrow(message);
});

test('a functional chain is read like a sequential model', () => {
  const x = input();
  const output = dense({ name: 'b' }).apply(dense({ name: 'a', units: 3 }).apply(x));
  const specs = readLayers(tf.model({ inputs: x, outputs: output as tf.SymbolicTensor }));
  expect(specs.map(({ name, inputShape, outputShape }) => [name, inputShape, outputShape])).toEqual([
    ['a', [4], [3]],
    ['b', [3], [2]],
  ]);
  expect(specs[1]?.weights).toEqual([
    { name: 'b/kernel', shape: [3, 2], trainable: true },
    { name: 'b/bias', shape: [2], trainable: true },
  ]);
});

test.each([
  ['a frozen layer', dense({ inputShape: [4], trainable: false }), /d: is frozen/],
  ['a regularizer', dense({ inputShape: [4], kernelRegularizer: 'l1l2' }), /d: has a kernelRegularizer/],
  ['a constraint', dense({ inputShape: [4], biasConstraint: 'nonNeg' }), /d: has a biasConstraint/],
])('%s is refused for training', (_, layer, message) => {
  const model = tf.sequential({ layers: [layer] });
  expect(() => requireTrainable(model)).toThrow(message);
  expect(readLayers(model).length).toBe(1);
});
