// Reduces what layers put out.

import { tf } from '../../backend/tfjs/tensors.js';
import {
  type ChannelMeasurements,
  comparedAtMost,
  diagonals,
  saturationLimits,
  type ValueRange,
} from '../contract/channel-measurements.js';
import type { NetworkLayer } from '../contract/engine.js';
import type { NetworkInput } from '../contract/network-input.js';
import type { NetworkPlan } from '../contract/network-plan.js';
import { runBatch } from './run.js';

/** See Engine. */
export async function measureChannels(
  plan: NetworkPlan,
  inputs: NetworkInput,
  size: number,
  layers: readonly NetworkLayer[],
): Promise<ChannelMeasurements[]> {
  const reduced = tf.tidy(() =>
    runBatch(plan, inputs, size, layers).map((output, index) => reduceOutput(output, layers[index] as NetworkLayer)),
  );
  try {
    return await Promise.all(reduced.map((tensors, index) => read(tensors, layers[index] as NetworkLayer)));
  } finally {
    tf.dispose(reduced);
  }
}

/** As a type, not an interface, it is a container of tensors to `tf.tidy`. */
type Reductions = Record<'means' | 'minima' | 'maxima' | 'firingCounts', tf.Tensor> &
  Record<'saturatedCounts' | 'squares' | 'products', tf.Tensor | undefined>;

function reduceOutput(output: tf.Tensor, { range }: NetworkLayer): Reductions {
  const channels = output.shape.at(-1) as number;
  const values: tf.Tensor3D = tf.reshape(output, [output.shape[0] as number, -1, channels]);
  const means = tf.mean(values, 1, true);
  const distances: tf.Tensor3D = tf.sub(values, means);
  const isCompared = values.shape[1] > 1 && channels <= comparedAtMost;
  return {
    means,
    minima: tf.min(values, 1),
    maxima: tf.max(values, 1),
    firingCounts: countPositive(values),
    saturatedCounts: range === null ? undefined : countSaturated(values, range),
    squares: isCompared ? undefined : tf.sum(tf.square(distances), 1),
    products: isCompared ? tf.matMul(distances, distances, true) : undefined,
  };
}

function countSaturated(values: tf.Tensor, range: ValueRange): tf.Tensor {
  const [low, high] = saturationLimits(range);
  return tf.add(countPositive(tf.sub(low, values)), countPositive(tf.sub(values, high)));
}

/** Along the positions. As floats, which count exactly up to 16 million: WebGPU cannot sum up conditions along such an axis. */
function countPositive(values: tf.Tensor): tf.Tensor {
  return tf.sum(tf.step(values), 1);
}

async function read(tensors: Reductions, { name, shape }: NetworkLayer): Promise<ChannelMeasurements> {
  const floats = (tensor: tf.Tensor) => tensor.data<'float32'>();
  const { saturatedCounts } = tensors;
  const products = tensors.products === undefined ? null : await floats(tensors.products);
  return {
    name,
    means: await floats(tensors.means),
    minima: await floats(tensors.minima),
    maxima: await floats(tensors.maxima),
    firingCounts: await floats(tensors.firingCounts),
    saturatedCounts: saturatedCounts === undefined ? null : await floats(saturatedCounts),
    squares: products ? diagonals(products, shape.at(-1) as number) : await floats(tensors.squares as tf.Tensor),
    products,
  };
}
