// A network's input on the backend.

import { tf } from '../../backend/tfjs/tensors.js';
import type { NetworkInput } from './network-input.js';

/** The input as a tensor; bytes are scaled as `toFloats` does it, to the last bit. */
export function toInputTensor(input: NetworkInput, shape: number[]): tf.Tensor {
  if (input instanceof Float32Array) return tf.tensor(input, shape);
  return tf.tidy(() => tf.mul(tf.cast(tf.tensor(input.bytes, shape, 'int32'), 'float32'), input.rescale));
}
