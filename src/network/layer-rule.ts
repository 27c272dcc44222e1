// How a layer computes its values, from its configuration.

import type { tf } from '../backend/tfjs/tensors.js';
import type { ActivationRule, LayerRule, Pair, Sliding } from '../base/layer-rule.js';
import { nameActivation, readActivationName } from '../engines/contract/activation-name.js';
import { kindOf } from '../engines/contract/layer-kind.js';

type Config = Readonly<Record<string, unknown>>;

const OTHER: LayerRule = { type: 'other' };

/** @param rank of its output, with the batch */
export function ruleOf(layer: tf.layers.Layer, rank: number): LayerRule {
  const kind = kindOf(layer);
  const config = layer.getConfig() as Config;
  const read = Object.hasOwn(RULES, kind) ? RULES[kind] : undefined;
  if (read === undefined || config.dataFormat === 'channelsFirst') return OTHER;
  return read(config, rank);
}

const RULES: Readonly<Record<string, (config: Config, rank: number) => LayerRule>> = {
  Activation: ({ activation }) => ({ type: 'activation', activation: activationRule(activation) }),
  Add: () => ({ type: 'addition' }),
  AveragePooling2D: (config) => ({ type: 'pooling', by: 'average', ...sliding(config, config.poolSize) }),
  BatchNormalization: ({ axis }, rank) => (axis === -1 || axis === rank - 1 ? { type: 'affine' } : OTHER),
  Conv2D: (config) => ({
    type: 'convolution',
    groups: Number(config.groups ?? 1),
    ...sliding(config, config.kernelSize),
    activation: activationRule(config.activation),
  }),
  Dense: ({ activation }, rank) => (rank === 2 ? { type: 'dense', activation: activationRule(activation) } : OTHER),
  DepthwiseConv2D: (config) => ({
    type: 'depthwise',
    multiplier: Number(config.depthMultiplier ?? 1),
    ...sliding(config, config.kernelSize),
    activation: activationRule(config.activation),
  }),
  ELU: ({ alpha = 1 }) => setActivation('ELU', { alpha }),
  Flatten: () => ({ type: 'flatten' }),
  GlobalAveragePooling2D: () => ({ type: 'global-pooling', by: 'average' }),
  GlobalMaxPooling2D: () => ({ type: 'global-pooling', by: 'max' }),
  LeakyReLU: ({ alpha, negativeSlope }) =>
    setActivation('LeakyReLU', { negative_slope: alpha ?? negativeSlope ?? 0.3 }),
  MaxPooling2D: (config) => ({ type: 'pooling', by: 'max', ...sliding(config, config.poolSize) }),
  ReLU: ({ maxValue, negativeSlope, threshold }) =>
    setActivation('ReLU', { max_value: maxValue, negative_slope: negativeSlope, threshold }),
  Reshape: (_config, rank) => (rank === 2 ? { type: 'flatten' } : OTHER),
  Rescaling: ({ scale, offset = 0 }) =>
    typeof scale === 'number' && typeof offset === 'number' ? { type: 'affine' } : OTHER,
  Softmax: ({ axis = -1 }) => (axis === -1 ? { type: 'activation', activation: { name: 'softmax' } } : OTHER),
};

function sliding({ strides, dilationRate, padding }: Config, size: unknown): Sliding {
  return {
    size: pair(size),
    strides: pair(strides ?? size),
    dilation: pair(dilationRate ?? 1),
    padding: padding === 'same' ? 'same' : 'valid',
  };
}

function pair(value: unknown): Pair {
  const [rows, columns = rows] = [value].flat() as number[];
  return [rows as number, columns as number];
}

function activationRule(name: unknown): ActivationRule {
  const set = readActivationName(name);
  if (set === undefined) return { name: typeof name === 'string' ? name : 'linear' };
  return { name: set.kind, settings: set.settings };
}

/** The settings of a layer in the place of an activation, with Keras's defaults for those that are not set. */
function setActivation(kind: string, settings: Config): LayerRule {
  const name = nameActivation(kind, settings);
  return name === undefined ? OTHER : { type: 'activation', activation: activationRule(name) };
}
