import { expect, test } from 'vitest';
import { tf } from '../../src/backend/tensors.js';
import { layerOperations } from '../../src/graph/layer-kinds.js';
import { readLayers } from '../../src/graph/layer-spec.js';
import { poolFirst } from '../../src/graph/pool-first.js';
import { aroundMaps, gradientDifference } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';

const SIZE = { height: 8, width: 9, channels: 2 };
const { layers } = tf;

const conv = (activation?: string) =>
  layers.conv2d({
    filters: 3,
    kernelSize: 3,
    name: 'conv',
    ...(activation ? { activation: activation as 'relu' } : {}),
  });
const maxPool = (padding: 'valid' | 'same' = 'valid') => layers.maxPooling2d({ poolSize: 2, padding, name: 'pool' });

interface Case {
  title: string;
  middle: () => tf.layers.Layer[];
  captured?: string;
  /** the operations between the convolution and Flatten in the order in which they are compiled */
  order: string[];
}

// Where TensorFlow merges bias and activation into the convolution, the forward pass stays and the gradient is pooled
// first: one operation that is named for all of its parts.
const ALLOWED: Case[] = [
  { title: 'relu', middle: () => [conv('relu'), maxPool()], order: ['convolution', 'bias_relu_max_pool'] },
  { title: 'elu', middle: () => [conv('elu'), maxPool()], order: ['convolution', 'bias_elu_max_pool'] },
  { title: 'linear', middle: () => [conv(), maxPool()], order: ['convolution', 'bias_max_pool'] },
  {
    title: 'sigmoid',
    middle: () => [conv('sigmoid'), maxPool()],
    order: ['convolution', 'max_pool', 'bias', 'sigmoid'],
  },
  { title: 'tanh', middle: () => [conv('tanh'), maxPool()], order: ['convolution', 'max_pool', 'bias', 'tanh'] },
  {
    title: 'same padding',
    middle: () => [conv('relu'), maxPool('same')],
    order: ['convolution', 'bias_relu_max_pool'],
  },
  {
    title: 'global',
    middle: () => [conv('relu'), layers.globalMaxPooling2d({ name: 'pool' })],
    order: ['convolution', 'bias_relu_max_pool'],
  },
  {
    title: 'leaky relu, as a layer',
    middle: () => [conv(), layers.leakyReLU({ alpha: 0.3 }), maxPool()],
    order: ['convolution', 'bias_leaky_relu_max_pool'],
  },
  {
    title: 'two activations',
    middle: () => [conv('elu'), layers.leakyReLU({ alpha: 0.3 }), maxPool()],
    order: ['convolution', 'bias_elu_leaky_relu_max_pool'],
  },
  {
    title: 'a convolution without bias and activation',
    middle: () => [layers.conv2d({ filters: 3, kernelSize: 3, useBias: false }), maxPool()],
    order: ['convolution', 'max_pool'],
  },
  {
    title: 'the pooling itself is captured',
    middle: () => [conv('relu'), maxPool()],
    captured: 'pool',
    order: ['convolution', 'bias_relu_max_pool'],
  },
  {
    title: 'batch normalization before the activation: only the activation is passed',
    middle: () => [
      layers.conv2d({ filters: 3, kernelSize: 3, useBias: false }),
      layers.batchNormalization(),
      layers.reLU(),
      maxPool(),
    ],
    order: ['convolution', 'batch_normalization', 'max_pool', 'relu'],
  },
];

const FORBIDDEN: Case[] = [
  {
    title: 'average pooling',
    middle: () => [conv('relu'), layers.averagePooling2d({ poolSize: 2 })],
    order: ['convolution', 'bias', 'relu', 'average_pool'],
  },
  {
    title: 'softmax, whose values depend on each other',
    middle: () => [conv('softmax'), maxPool()],
    order: ['convolution', 'bias', 'softmax', 'max_pool'],
  },
  {
    title: 'a leaky relu that decreases',
    middle: () => [conv(), layers.leakyReLU({ alpha: -0.3 }), maxPool()],
    order: ['convolution', 'bias', 'leaky_relu', 'max_pool'],
  },
  {
    title: 'batch normalization between',
    middle: () => [
      layers.conv2d({ filters: 3, kernelSize: 3, useBias: false }),
      layers.batchNormalization(),
      maxPool(),
    ],
    order: ['convolution', 'batch_normalization', 'max_pool'],
  },
  {
    title: 'rescaling between, which may turn the order round',
    middle: () => [conv('relu'), layers.rescaling({ scale: -1 }), maxPool()],
    order: ['convolution', 'bias', 'relu', 'rescaling', 'max_pool'],
  },
  {
    title: 'the convolution is captured',
    middle: () => [conv('relu'), maxPool()],
    captured: 'conv',
    order: ['convolution', 'bias', 'relu', 'max_pool'],
  },
];

const orderOf = ({ middle, captured }: Case) => {
  const model = tf.sequential({ layers: aroundMaps(SIZE, middle()) });
  const steps = readLayers(model).flatMap((layer) =>
    layerOperations(layer).map((operation) => ({ layerName: layer.name, operation })),
  );
  const ordered = poolFirst(steps, new Set(captured === undefined ? [] : [captured]));
  const names = ordered.map(({ operation }) => operation.name);
  return names.slice(names.indexOf('convolution') + 1, names.lastIndexOf('flatten'));
};

test.each(ALLOWED)('pooling comes first: $title', (allowed) => {
  expect(orderOf(allowed)).toEqual(allowed.order);
});

test.each(FORBIDDEN)("stays in Keras's order: $title", (forbidden) => {
  expect(orderOf(forbidden)).toEqual(forbidden.order);
});

test('dropout between keeps the order', () => {
  const middle = () => [conv('relu'), layers.dropout({ rate: 0.5 }), maxPool()];
  expect(orderOf({ title: '', middle, order: [] })).toEqual(['convolution', 'bias', 'relu', 'dropout', 'max_pool']);
});

nativeTest.each([...ALLOWED, ...FORBIDDEN])("gradients are tfjs's either way: $title", ({ middle }) => {
  expect(gradientDifference(aroundMaps(SIZE, middle()), 3)).toBeLessThan(1e-5);
});
