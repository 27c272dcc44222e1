// Tensors on the wasm backend's heap.

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { tf } from '../tfjs/tensors.js';

/** A float32 tensor of the given shape on the heap; its values are whatever lay there before. */
export function allocate(backend: unknown, shape: number[]): tf.TensorInfo {
  return (backend as BackendWasm).makeOutput(shape, 'float32');
}

/** The values of float32 tensors in place. Any later allocation may grow the heap, which detaches them. */
export function viewFloats(backend: unknown, ...tensors: tf.TensorInfo[]): Float32Array[] {
  return tensors.map((tensor) => (backend as BackendWasm).typedArrayFromHeap(tensor) as Float32Array);
}

/** A second tensor on the same values, as tensors are never written to. */
export function share(backend: unknown, tensor: tf.TensorInfo): tf.TensorInfo {
  (backend as BackendWasm).incRef(tensor.dataId);
  return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
}
