// The configuration of a layer of tfjs, or of ours, as Keras 3 writes it.

import { readActivationName } from '../../../engines/contract/activation-name.js';
import { type ExportedLayer, refuseLayer } from '../exported-network.js';
import { snakeCase } from './snake-case.js';

const CONVOLUTION = 'kernelSize strides padding dataFormat dilationRate activation useBias';
const REGULARIZED = 'kernelRegularizer biasRegularizer activityRegularizer kernelConstraint biasConstraint';
const DEPTHWISE = 'depthMultiplier depthwiseRegularizer depthwiseConstraint';
const POOLING = 'poolSize strides padding dataFormat';
const NORMALIZATION = 'axis epsilon center scale betaRegularizer gammaRegularizer betaConstraint gammaConstraint';

/** Of each kind of layer, what of its configuration Keras takes, under tfjs's names. Initializers have done their work. */
const KEYS: Record<string, string> = {
  Activation: 'activation',
  ActivityRegularization: 'l1 l2',
  Add: '',
  AlphaDropout: 'rate noiseShape',
  Average: '',
  AveragePooling2D: POOLING,
  BatchNormalization: `${NORMALIZATION} momentum`,
  CenterCrop: 'height width dataFormat',
  Concatenate: 'axis',
  Conv2D: `filters groups ${CONVOLUTION} ${REGULARIZED}`,
  Conv2DTranspose: `filters outputPadding ${CONVOLUTION} ${REGULARIZED}`,
  Cropping2D: 'cropping dataFormat',
  Dense: `units activation useBias ${REGULARIZED}`,
  DepthwiseConv2D: `${CONVOLUTION} ${DEPTHWISE} biasRegularizer activityRegularizer biasConstraint`,
  Dot: 'axes normalize',
  Dropout: 'rate noiseShape seed',
  ELU: 'alpha',
  Flatten: 'dataFormat',
  GaussianDropout: 'rate',
  GaussianNoise: 'stddev',
  GlobalAveragePooling2D: 'dataFormat keepdims',
  GlobalMaxPooling2D: 'dataFormat keepdims',
  GroupNormalization: `groups ${NORMALIZATION}`,
  Identity: '',
  LayerNormalization: NORMALIZATION,
  LeakyReLU: 'alpha negativeSlope',
  MaxPooling2D: POOLING,
  Maximum: '',
  Minimum: '',
  Multiply: '',
  Normalization: 'axis mean variance invert',
  PReLU: 'sharedAxes',
  Permute: 'dims',
  RMSNormalization: 'axis epsilon',
  ReLU: 'maxValue negativeSlope threshold',
  Rescaling: 'scale offset',
  Reshape: 'targetShape',
  Resizing: 'height width interpolation cropToAspectRatio padToAspectRatio antialias dataFormat',
  SeparableConv2D: `filters ${CONVOLUTION} ${DEPTHWISE} pointwiseRegularizer pointwiseConstraint biasRegularizer biasConstraint`,
  Softmax: 'axis',
  SpatialDropout2D: 'rate',
  Subtract: '',
  UnitNormalization: 'axis',
  UpSampling2D: 'size dataFormat interpolation',
  ZeroPadding2D: 'padding dataFormat',
};

/** What Keras 3 calls otherwise. */
const RENAMED: Record<string, Record<string, string>> = { LeakyReLU: { alpha: 'negative_slope' } };

/** Activations that Keras 3 calls otherwise; null where it has none like it. */
const ACTIVATIONS: Record<string, string | null> = {
  hardSigmoid: null, // steeper than what Keras 3 calls so
  kerasExponential: 'exponential',
  kerasGeluApproximate: null,
  kerasHardSigmoid: 'hard_sigmoid',
  kerasHardShrink: 'hard_shrink',
  kerasHardSilu: 'hard_silu',
  kerasHardTanh: 'hard_tanh',
  kerasLeakyRelu: 'leaky_relu',
  kerasLogSigmoid: 'log_sigmoid',
  kerasSoftShrink: 'soft_shrink',
  kerasSquareplus: 'squareplus',
  kerasTanhShrink: 'tanh_shrink',
  swish: 'silu',
};

export const FLOAT_POLICY = {
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name: 'float32' },
  registered_name: null,
} as const;

/** @throws CnnvizError BAD_MODEL for a kind of layer or an activation that Keras 3 does not have */
export function kerasLayerConfig(layer: ExportedLayer): Record<string, unknown> {
  const keys = KEYS[layer.kind];
  if (keys === undefined) throw refuseLayer(layer, 'no layer of Keras is known to be the same');
  const config: Record<string, unknown> = { name: layer.name, trainable: layer.trainable, dtype: FLOAT_POLICY };
  for (const key of keys.split(' ')) {
    const value = layer.config[key];
    if (value === undefined || value === null) continue;
    config[RENAMED[layer.kind]?.[key] ?? snakeCase(key)] = kerasValue(layer, key, value);
  }
  return config;
}

function kerasValue(layer: ExportedLayer, key: string, value: unknown): unknown {
  if (key === 'activation') return kerasActivation(layer, value);
  if (key.endsWith('Regularizer')) return serializedObject('keras.regularizers', value);
  if (key.endsWith('Constraint')) return serializedObject('keras.constraints', value);
  return typeof value === 'string' ? snakeCase(value) : value;
}

function kerasActivation(layer: ExportedLayer, activation: unknown): unknown {
  if (typeof activation !== 'string') throw refuseLayer(layer, 'its activation has no name');
  const set = readActivationName(activation);
  if (set !== undefined) {
    const { max_value: most, ...others } = set.settings;
    const config = most === undefined || most === Number.MAX_VALUE ? others : { max_value: most, ...others };
    return { module: 'keras.layers', class_name: set.kind, config, registered_name: null };
  }
  const name = ACTIVATIONS[activation];
  if (name === null) throw refuseLayer(layer, `no layer of Keras 3 ends in an activation like ${activation}`);
  return name ?? snakeCase(activation);
}

function serializedObject(module: string, value: unknown): unknown {
  const { className, config } = value as { className: string; config: Record<string, unknown> };
  const entries = Object.entries(config).map(([key, each]) => [snakeCase(key), each]);
  return { module, class_name: className, config: Object.fromEntries(entries), registered_name: null };
}
