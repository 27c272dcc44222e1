import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { UnsupportedByGraph } from '../../../../src/engines/graph/build/unsupported.js';
import { graphEngine } from '../../../helpers/engines.js';
import { aroundMaps, expectSameGradients, mapSize } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

nativeTest.each([
  ['relu', () => tf.layers.activation({ activation: 'relu' })],
  ['sigmoid', () => tf.layers.activation({ activation: 'sigmoid' })],
  ['tanh', () => tf.layers.activation({ activation: 'tanh' })],
  ['elu', () => tf.layers.activation({ activation: 'elu' })],
  ['softmax', () => tf.layers.activation({ activation: 'softmax' })],
  ['linear', () => tf.layers.activation({ activation: 'linear' })],
  ['selu', () => tf.layers.activation({ activation: 'selu' })],
  ['ReLU', () => tf.layers.reLU()],
  ['ReLU with a maximum', () => tf.layers.reLU({ maxValue: 0.5 })],
  ['LeakyReLU', () => tf.layers.leakyReLU({ alpha: 0.2 })],
  ['LeakyReLU with a negative slope', () => tf.layers.leakyReLU({ alpha: -0.2 })],
  ['ELU', () => tf.layers.elu()],
  ['Softmax', () => tf.layers.softmax({ axis: -1 })],
] as const)("%s as a layer has tfjs's gradients", (_, layer) => {
  expectSameGradients(mapSize, (size) => aroundMaps(size, [layer()]), { runs: 8 });
});

nativeTest('a softmax along the batch is refused', () => {
  const layer = tf.layers.softmax({ axis: 0, inputShape: [4, 4, 2] });
  expect(() => graphEngine(tf.sequential({ layers: [layer] }))).toThrow(UnsupportedByGraph);
});
