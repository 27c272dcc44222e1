// Layers that act on each value by itself: tfjs has some of them with fewer settings.

import { tf } from '../../backend/tfjs/tensors.js';
import { defineLayer } from './keras-layer.js';

/** What Keras only does in training: here nothing. */
export const IDENTITY_KINDS = [
  ...['ActivityRegularization', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise', 'Identity'],
  ...[
    'SpatialDropout1D',
    'SpatialDropout2D',
    'StochasticDepth',
    'RandomBrightness',
    'RandomColorDegeneration',
    'RandomColorJitter',
  ],
  ...['RandomContrast', 'RandomCrop', 'RandomElasticTransform', 'RandomErasing', 'RandomFlip', 'RandomGaussianBlur'],
  ...['RandomGrayscale', 'RandomHeight', 'RandomHue', 'RandomInvert', 'RandomPerspective', 'RandomPosterization'],
  ...['RandomRotation', 'RandomSaturation', 'RandomSharpness', 'RandomShear', 'RandomTranslation', 'RandomWidth'],
  ...['RandomZoom', 'AugMix', 'CutMix', 'MixUp', 'RandAugment'],
].map((kind) => defineLayer(kind, [], () => ({ compute: ([x]) => tf.clone(x as tf.Tensor) })));

/** 0 below the threshold (but for a slope), at most maxValue. */
export const reLU = defineLayer<{ maxValue?: number; negativeSlope?: number; threshold?: number }>(
  'ReLU',
  ['maxValue', 'negativeSlope', 'threshold'],
  ({ maxValue, negativeSlope = 0, threshold = 0 }) => ({
    compute([x]) {
      const input = x as tf.Tensor;
      const low = tf.mul(tf.sub(input, threshold), negativeSlope);
      const y = tf.where(tf.greaterEqual(input, threshold), input, low);
      return maxValue === undefined ? y : tf.minimum(y, maxValue);
    },
  }),
);

/** x where x > 0, else a learned slope * x; tfjs's own fails on native TensorFlow */
export const pReLU = defineLayer<{ sharedAxes?: number[] }>('PReLU', ['sharedAxes'], ({ sharedAxes = [] }) => ({
  weights: (input) => ({ alpha: input.slice(1).map((size, index) => (sharedAxes.includes(index + 1) ? 1 : size)) }),
  compute: ([x], { alpha }) =>
    tf.add(tf.relu(x as tf.Tensor), tf.mul(alpha as tf.Tensor, tf.minimum(x as tf.Tensor, 0))),
}));

/** x where x > 0, else alpha * (exp(x) - 1) */
export const elu = defineLayer<{ alpha: number }>('ELU', ['alpha'], ({ alpha }) => ({
  compute: ([x]) => tf.add(tf.relu(x as tf.Tensor), tf.mul(alpha, tf.elu(tf.minimum(x as tf.Tensor, 0)))),
}));

/** exp(x) / sum(exp(x)) along any axes */
export const softmax = defineLayer<{ axis?: number | number[] }>('Softmax', ['axis'], ({ axis = -1 }) => ({
  compute: ([x]) => tf.exp(tf.sub(x as tf.Tensor, tf.logSumExp(x as tf.Tensor, axis, true))),
}));

/** input * scale + offset, either of which may differ by channel */
export const rescaling = defineLayer<{ scale: number | number[]; offset: number | number[] }>(
  'Rescaling',
  ['scale', 'offset'],
  ({ scale, offset = 0 }) => ({ compute: ([x]) => tf.add(tf.mul(x as tf.Tensor, scale), offset) }),
);
