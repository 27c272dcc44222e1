// Matrix products of transposed factors.

import { tf } from '../tfjs/tensors.js';

/**
 * The stock kernel is fast only where neither matrix is transposed: then it packs b and multiplies with SIMD; otherwise
 * it is a plain loop. The two gradients of a dense layer are both rewritten so that what is transposed and packed
 * is small: the batch, never the weights.
 */
export function withTransposedFactors(stock: tf.KernelConfig): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc: (call) => {
      const { a, b } = call.inputs as { a: tf.Tensor; b: tf.Tensor };
      const { transposeA, transposeB } = call.attrs as unknown as tf.BatchMatMulAttrs;
      if (transposeA === transposeB) return stock.kernelFunc(call);
      return tf.tidy(() => {
        // a' b as it stands; a b' as (b a')'
        if (transposeA) return tf.matMul(transposeMatrix(a), b);
        return transposeMatrix(tf.matMul(b, transposeMatrix(a)));
      });
    },
  };
}

/** Swaps the last two axes. */
function transposeMatrix(matrix: tf.Tensor): tf.Tensor {
  const axes = matrix.shape.map((_, axis) => axis);
  return tf.transpose(matrix, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
}
