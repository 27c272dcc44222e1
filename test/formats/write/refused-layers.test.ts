import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import type { ExportContent } from '../../../src/formats/write/export-content.js';
import { kerasNetwork } from '../../../src/formats/write/keras/network-config.js';
import { encodeOnnx } from '../../../src/formats/write/onnx/write-onnx.js';
import { encodeServable } from '../../../src/formats/write/saved-model/encode-saved-model.js';
import { apply, finish, input } from '../../helpers/branching-networks.js';
import { describe } from './exported-models.js';

function withLayer(layer: tf.layers.Layer) {
  const from = input(4, 4, 3);
  return describe(finish(from, apply(layer, from)));
}

const odd = () => withLayer(tf.layers.thresholdedReLU({ name: 'odd', theta: 1 }));

beforeAll(() => selectBackend('cpu'));

it.each<[string, (content: ExportContent) => unknown]>([
  ['Keras', ({ network }) => kerasNetwork(network)],
  ['ONNX', ({ network, notes }) => encodeOnnx(network, notes)],
  ['a SavedModel', encodeServable],
])('%s gets no layer that it does not have: it is named', (_, write) => {
  const content = odd();
  expect(() => write(content)).toThrow('layer odd (ThresholdedReLU) cannot be exported');
});

it('Keras 3 gets no activation of another meaning', () => {
  const steep = withLayer(tf.layers.activation({ name: 'steep', activation: 'hardSigmoid' }));
  expect(() => kerasNetwork(steep.network)).toThrow('layer steep (Activation) cannot be exported');
});
