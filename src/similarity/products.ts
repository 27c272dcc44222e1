// Products of what layers put out, on the backend.

import { tf } from '../backend/tfjs/tensors.js';

/**
 * The products of each image's features with each other's, less the features' means over the batch: what is the same for all
 * images would cost digits, and changes no HSIC.
 *
 * @param values [size, features]
 * @returns [size, size]
 */
export async function multiplyImages(values: Float32Array, size: number): Promise<Float32Array> {
  const gram = tf.tidy(() => {
    const features = tf.tensor2d(values, [size, values.length / size]);
    const centered = tf.sub(features, tf.mean(features, 0, true));
    return tf.matMul(centered, centered, false, true);
  });
  return takeValues(gram);
}

/** Sums over many values of each channel of two layers. */
export interface ChannelSums {
  /** [channels] each */
  a: Float32Array;
  b: Float32Array;
  aSquares: Float32Array;
  bSquares: Float32Array;
  /** [channels of a, channels of b] */
  products: Float32Array;
}

/**
 * @param a, b [values, channels], as many values of each
 * @param shift of the channels of both: taken off first, for the sums' digits
 */
export async function sumChannels(
  a: Float32Array,
  b: Float32Array,
  shift: { a: Float32Array; b: Float32Array },
): Promise<ChannelSums> {
  const tensors = tf.tidy(() => {
    const [x, y] = [center(a, shift.a), center(b, shift.b)];
    return [tf.sum(x, 0), tf.sum(y, 0), tf.sum(tf.square(x), 0), tf.sum(tf.square(y), 0), tf.matMul(x, y, true, false)];
  });
  const [aSum, bSum, aSquares, bSquares, products] = await Promise.all(tensors.map(takeValues));
  return { a: aSum, b: bSum, aSquares, bSquares, products } as ChannelSums;
}

/** [values, channels], less a number for each channel. */
function center(values: Float32Array, shift: Float32Array): tf.Tensor {
  return tf.sub(tf.tensor2d(values, [values.length / shift.length, shift.length]), tf.tensor1d(shift));
}

/** A copy: what a backend hands out may be its own memory. */
async function takeValues(tensor: tf.Tensor): Promise<Float32Array> {
  const values = Float32Array.from(await tensor.data());
  tensor.dispose();
  return values;
}
