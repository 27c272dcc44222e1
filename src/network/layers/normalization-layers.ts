// Layers that normalize by something else than a batch's statistics.

import { tf } from '../../backend/tfjs/tensors.js';
import { defineLayer, type LayerBehavior } from './keras-layer.js';

interface Affine {
  epsilon: number;
  center?: boolean;
  scale?: boolean;
}

/** The weights that scale and shift what was normalized. */
function affineWeights({ center = true, scale = true }: Affine, shape: number[]): Record<string, number[]> {
  return { ...(scale ? { gamma: shape } : {}), ...(center ? { beta: shape } : {}) };
}

function normalize(x: tf.Tensor, axes: number[], epsilon: number): tf.Tensor {
  const distances = tf.sub(x, tf.mean(x, axes, true));
  return tf.mul(distances, tf.rsqrt(tf.add(tf.mean(tf.square(distances), axes, true), epsilon)));
}

function scaleAndShift(x: tf.Tensor, { gamma, beta }: Record<string, tf.Tensor>, shape: number[]): tf.Tensor {
  const scaled = gamma === undefined ? x : tf.mul(x, tf.reshape(gamma, shape));
  return beta === undefined ? scaled : tf.add(scaled, tf.reshape(beta, shape));
}

/** The sizes of the axes that weights belong to, 1 for all others. */
const broadcastShape = (shape: readonly (number | null)[], axes: readonly number[]) =>
  shape.map((size, axis) => (axes.includes(axis) ? (size as number) : 1));

const fromStart = (axis: number | readonly number[], rank: number) =>
  (typeof axis === 'number' ? [axis] : [...axis]).map((each) => (each < 0 ? each + rank : each)).sort((a, b) => a - b);

/** Each example by its own mean and variance along some axes. */
export const layerNormalization = defineLayer<Affine & { axis: number | number[] }>(
  'LayerNormalization',
  ['axis', 'epsilon', 'center', 'scale'],
  (settings): LayerBehavior => ({
    weights: (input) => {
      const shape = fromStart(settings.axis, input.length).map((axis) => input[axis] as number);
      return affineWeights(settings, shape);
    },
    compute([x], weights) {
      const input = x as tf.Tensor;
      const axes = fromStart(settings.axis, input.rank);
      return scaleAndShift(normalize(input, axes, settings.epsilon), weights, broadcastShape(input.shape, axes));
    },
  }),
);

/** Each example by the mean and variance of each group of channels. */
export const groupNormalization = defineLayer<Affine & { groups: number }>(
  'GroupNormalization',
  ['groups', 'epsilon', 'center', 'scale'],
  (settings): LayerBehavior => ({
    weights: (input) => affineWeights(settings, [input.at(-1) as number]),
    compute([x], weights) {
      const input = x as tf.Tensor;
      const channels = input.shape.at(-1) as number;
      const groups = settings.groups === -1 ? channels : settings.groups;
      const grouped = tf.reshape(input, [input.shape[0] as number, -1, groups, channels / groups]);
      const normal = tf.reshape(normalize(grouped, [1, 3], settings.epsilon), input.shape);
      return scaleAndShift(normal, weights, [channels]);
    },
  }),
);

/** Each example by the root of its mean square along some axes. */
export const rmsNormalization = defineLayer<{ axis: number | number[]; epsilon: number }>(
  'RMSNormalization',
  ['axis', 'epsilon'],
  ({ axis, epsilon }): LayerBehavior => ({
    weights: (input) => ({ scale: fromStart(axis, input.length).map((each) => input[each] as number) }),
    compute([x], { scale }) {
      const input = x as tf.Tensor;
      const axes = fromStart(axis, input.rank);
      const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(input), axes, true), epsilon));
      return tf.mul(tf.mul(input, inverse), scale as tf.Tensor);
    },
  }),
);

/** The square of the length that values count for at least: all 0 they stay that, and have a gradient. */
const LEAST_SQUARE = { layer: 1e-24, dot: 1e-14 };

/** Brings each example to a length of 1 along some axes. */
export function toUnitLength(x: tf.Tensor, axes: number[], by: keyof typeof LEAST_SQUARE): tf.Tensor {
  const square = tf.sum(tf.square(x), axes, true);
  return tf.mul(x, tf.rsqrt(tf.maximum(square, LEAST_SQUARE[by])));
}

export const unitNormalization = defineLayer<{ axis: number | number[] }>(
  'UnitNormalization',
  ['axis'],
  ({ axis }): LayerBehavior => ({
    compute: ([x]) => toUnitLength(x as tf.Tensor, fromStart(axis, (x as tf.Tensor).rank), 'layer'),
  }),
);

/** Each channel times a factor of its own, as ConvNeXt has it. */
export const layerScale = defineLayer('LayerScale', [], () => ({
  weights: (input) => ({ gamma: [input.at(-1) as number] }),
  compute: ([x], { gamma }) => tf.mul(x as tf.Tensor, gamma as tf.Tensor),
}));

/**
 * Batch normalization without a scale or an offset, of which tfjs has no gradient, by its averages. Those stay as they are:
 * where tfjs trains it, it is frozen.
 */
export const plainBatchNormalization = defineLayer<Affine & { axis: number; momentum: number }>(
  'BatchNormalization',
  ['axis', 'momentum', 'epsilon', 'center', 'scale'],
  (settings): LayerBehavior => ({
    statistics: ['moving_mean', 'moving_variance'],
    weights(input) {
      const shape = [input.at(-1) as number];
      return { ...affineWeights(settings, shape), moving_mean: shape, moving_variance: shape };
    },
    compute([x], weights) {
      const { moving_mean: mean, moving_variance: variance } = weights as Record<string, tf.Tensor>;
      const scale = tf.rsqrt(tf.add(variance as tf.Tensor, settings.epsilon));
      const y = tf.mul(tf.sub(x as tf.Tensor, mean as tf.Tensor), scale);
      return scaleAndShift(y, weights, [(x as tf.Tensor).shape.at(-1) as number]);
    },
  }),
);

/** Keras's smallest divisor. */
const EPSILON = 1e-7;

interface GivenStatistics {
  axis?: number | number[];
  mean?: number | number[];
  variance?: number | number[];
  invert?: boolean;
}

/** By a mean and a variance that were given or taken from data once. */
export const normalization = defineLayer<GivenStatistics>(
  'Normalization',
  ['axis', 'mean', 'variance', 'invert'],
  ({ axis = [], mean, variance, invert = false }): LayerBehavior => ({
    statistics: ['mean', 'variance'],
    weights(input) {
      if (mean !== undefined) return {};
      const shape = fromStart(axis, input.length).map((each) => input[each] as number);
      return { mean: shape, variance: shape };
    },
    compute([x], weights) {
      const input = x as tf.Tensor;
      const shape = broadcastShape(input.shape, fromStart(axis, input.rank));
      const center = mean === undefined ? tf.reshape(weights.mean as tf.Tensor, shape) : tf.tensor(mean);
      const spread = variance === undefined ? tf.reshape(weights.variance as tf.Tensor, shape) : tf.tensor(variance);
      const deviation = tf.maximum(tf.sqrt(spread), EPSILON);
      return invert ? tf.add(center, tf.mul(input, deviation)) : tf.div(tf.sub(input, center), deviation);
    },
  }),
);
