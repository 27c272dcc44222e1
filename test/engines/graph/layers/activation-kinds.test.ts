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
  ['ReLU', () => tf.layers.reLU()],
  ['LeakyReLU', () => tf.layers.leakyReLU({ alpha: 0.2 })],
  ['LeakyReLU with a negative slope', () => tf.layers.leakyReLU({ alpha: -0.2 })],
  ['ELU', () => tf.layers.elu()],
  ['Softmax', () => tf.layers.softmax({ axis: -1 })],
] as const)("%s as a layer has tfjs's gradients", (_, layer) => {
  expectSameGradients(mapSize, (size) => aroundMaps(size, [layer()]), { runs: 8 });
});

nativeTest.each([
  ['an activation that is not known', () => tf.layers.activation({ activation: 'selu', inputShape: [4] })],
  ['a relu with a maximum', () => tf.layers.reLU({ maxValue: 6, inputShape: [4] })],
  ['a softmax along another axis', () => tf.layers.softmax({ axis: 1, inputShape: [4, 4, 2] })],
] as const)('%s is refused', (_, layer) => {
  expect(() => graphEngine(tf.sequential({ layers: [layer()] }))).toThrow(UnsupportedByGraph);
});
