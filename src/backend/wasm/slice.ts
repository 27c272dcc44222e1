// Slices that lie in one piece, copied alone.

import { tf } from '../tfjs/tensors.js';
import { allocate, viewFloats } from './heap.js';

/** Slices that lie in one piece are copied alone; the stock kernel copies the whole tensor off the heap first. */
export function withPiecesCopiedAlone(stock: tf.KernelConfig): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc: (call) => {
      const x = call.inputs.x as tf.Tensor;
      const attrs = call.attrs as unknown as tf.SliceAttrs;
      const slice = tf.slice_util.parseSliceParams(x, attrs.begin, attrs.size);
      const [begin, size] = slice as [number[], number[]];
      if (x.dtype !== 'float32' || !tf.slice_util.isSliceContinous(x.shape, begin, size)) return stock.kernelFunc(call);
      const out = allocate(call.backend, size);
      const [values, piece] = viewFloats(call.backend, x, out) as [Float32Array, Float32Array];
      const start = tf.slice_util.computeFlatOffset(begin, tf.util.computeStrides(x.shape));
      piece.set(values.subarray(start, start + piece.length));
      return out;
    },
  };
}
