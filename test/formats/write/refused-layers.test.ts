import { expect, it } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { kerasNetwork } from '../../../src/formats/write/keras/network-config.js';
import { encodeOnnx } from '../../../src/formats/write/onnx/write-onnx.js';
import { encodeServable } from '../../../src/formats/write/saved-model/encode-saved-model.js';
import { apply, finish, input } from '../../helpers/branching-networks.js';
import { describe } from './exported-models.js';

function withLayer(layer: tf.layers.Layer) {
  const from = input(4, 4, 3);
  return describe(finish(from, apply(layer, from)));
}

const odd = withLayer(tf.layers.thresholdedReLU({ name: 'odd', theta: 1 }));

it.each([
  ['Keras', () => kerasNetwork(odd.network)],
  ['ONNX', () => encodeOnnx(odd.network, odd.notes)],
  ['a SavedModel', () => encodeServable(odd)],
])('%s gets no layer that it does not have: it is named', (_, write) => {
  expect(write).toThrow('layer odd (ThresholdedReLU) cannot be exported');
});

it('Keras 3 gets no activation of another meaning', () => {
  const steep = withLayer(tf.layers.activation({ name: 'steep', activation: 'hardSigmoid' }));
  expect(() => kerasNetwork(steep.network)).toThrow('layer steep (Activation) cannot be exported');
});
