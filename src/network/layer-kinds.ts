// The kinds of layers that a network of others may have: by which class of tfjs, or of ours, each is built.

import { tf } from '../backend/tfjs/tensors.js';
import type { LayerDefinition } from '../formats/network-definition.js';
import { readSettings, refuseLayer } from './layer-settings.js';
import { conv2DTranspose, depthwiseConv2D, groupedConv2D, separableConv2D } from './layers/convolution-layers.js';
import { dot } from './layers/dot-layer.js';
import { elu, IDENTITY_KINDS, pReLU, reLU, rescaling, softmax } from './layers/element-layers.js';
import {
  centerCrop,
  globalAveragePooling2D,
  globalMaxPooling2D,
  resizing,
  upSampling2D,
} from './layers/image-layers.js';
import { findOwnLayer, type LayerClass, type Settings } from './layers/keras-layer.js';
import {
  groupNormalization,
  layerNormalization,
  layerScale,
  normalization,
  plainBatchNormalization,
  rmsNormalization,
  unitNormalization,
} from './layers/normalization-layers.js';

/** Builds a layer from its name and its settings, which are as tfjs spells them. @param input the shape of its first input */
type Make = (settings: Settings, input: tf.Shape) => tf.layers.Layer;

interface LayerKind {
  /** the settings that count, in Keras's spelling */
  readonly settings: readonly string[];
  readonly make: Make;
}

const { layers } = tf;

/** A kind whose class in tfjs does what Keras does. */
const stock = (make: (settings: never) => tf.layers.Layer, ...settings: string[]): LayerKind => ({
  settings,
  make: make as unknown as Make,
});

/** A kind of which tfjs lacks what some settings ask for. */
const chosen = (needsOwn: (settings: Settings) => boolean, Own: LayerClass, kind: LayerKind): LayerKind => ({
  settings: kind.settings,
  make: (settings, input) => (needsOwn(settings) ? new Own(settings) : kind.make(settings, input)),
});

const own = (Own: LayerClass, ...settings: string[]): LayerKind => ({
  settings,
  make: (given) => new Own(given),
});

const SLIDING = ['kernel_size', 'strides', 'padding', 'dilation_rate', 'use_bias', 'activation'];
const POOLING = ['pool_size', 'strides', 'padding'];
const AFFINE = ['epsilon', 'center', 'scale'];

/** @throws CnnvizError BAD_MODEL for a value that nobody knows */
function requireOneOf(values: readonly unknown[], key: string, kind: LayerKind): LayerKind {
  return {
    settings: kind.settings,
    make(settings, input) {
      const value = settings[key];
      if (value === undefined || values.includes(value)) return kind.make(settings, input);
      const expected = `one of ${values.map((each) => JSON.stringify(each)).join(', ')}`;
      throw refuseLayer(settings.name as string, `expected ${key} to be ${expected}, found ${JSON.stringify(value)}`);
    },
  };
}

const INTERPOLATIONS = ['bilinear', 'nearest'];

/** Native TensorFlow has no dilated depthwise op, and tfjs's layers forget their multiplier when they are saved. */
const needsOwnDepthwise = ({ dilationRate, depthMultiplier = 1 }: Settings) =>
  [dilationRate ?? 1].flat().some((rate) => rate !== 1) || depthMultiplier !== 1;

const KINDS: Readonly<Record<string, LayerKind>> = {
  Activation: stock(layers.activation, 'activation'),
  AveragePooling2D: stock(layers.averagePooling2d, ...POOLING),
  BatchNormalization: {
    settings: ['axis', 'momentum', ...AFFINE],
    make({ axis = -1, ...rest }, input) {
      const [first = -1, ...more] = [axis].flat() as number[];
      if (more.length > 0) throw refuseLayer(rest.name as string, 'normalizes along several axes at once');
      const isLast = first === -1 || first === input.length - 1;
      if ((rest.scale === false || rest.center === false) && isLast)
        return new plainBatchNormalization({ ...rest, axis: -1 });
      return layers.batchNormalization({ ...rest, axis: first });
    },
  },
  CenterCrop: own(centerCrop, 'height', 'width'),
  Conv2D: chosen(
    ({ groups = 1 }) => groups !== 1,
    groupedConv2D,
    stock(layers.conv2d, 'filters', 'groups', ...SLIDING),
  ),
  Conv2DTranspose: chosen(
    ({ outputPadding }) => outputPadding !== undefined,
    conv2DTranspose,
    stock(layers.conv2dTranspose, 'filters', 'output_padding', ...SLIDING.filter((key) => key !== 'dilation_rate')),
  ),
  Cropping2D: stock(layers.cropping2D, 'cropping'),
  Dense: stock(layers.dense, 'units', 'use_bias', 'activation'),
  DepthwiseConv2D: chosen(
    needsOwnDepthwise,
    depthwiseConv2D,
    stock(layers.depthwiseConv2d, 'depth_multiplier', ...SLIDING),
  ),
  Dot: own(dot, 'axes', 'normalize'),
  ELU: chosen(({ alpha = 1 }) => alpha !== 1, elu, stock(layers.elu, 'alpha')),
  Flatten: stock(layers.flatten),
  GlobalAveragePooling2D: chosen(
    ({ keepdims }) => keepdims === true,
    globalAveragePooling2D,
    stock(layers.globalAveragePooling2d, 'keepdims'),
  ),
  GlobalMaxPooling2D: chosen(
    ({ keepdims }) => keepdims === true,
    globalMaxPooling2D,
    stock(layers.globalMaxPooling2d, 'keepdims'),
  ),
  GroupNormalization: requireOneOf([-1, 3], 'axis', own(groupNormalization, 'groups', 'axis', ...AFFINE)),
  LayerNormalization: own(layerNormalization, 'axis', ...AFFINE),
  LayerScale: { settings: ['init_values', 'projection_dim'], make: ({ name }) => new layerScale({ name }) },
  LeakyReLU: {
    settings: ['negative_slope'],
    make: ({ negativeSlope = 0.3, ...rest }) => layers.leakyReLU({ ...rest, alpha: negativeSlope as number }),
  },
  MaxPooling2D: stock(layers.maxPooling2d, ...POOLING),
  Normalization: own(normalization, 'axis', 'mean', 'variance', 'invert'),
  Permute: stock(layers.permute, 'dims'),
  PReLU: own(pReLU, 'shared_axes'),
  RMSNormalization: own(rmsNormalization, 'axis', 'epsilon'),
  ReLU: chosen(
    ({ negativeSlope, threshold }) => Boolean(negativeSlope) || Boolean(threshold),
    reLU,
    stock(layers.reLU, 'max_value', 'negative_slope', 'threshold'),
  ),
  Rescaling: chosen(
    ({ scale, offset = 0 }) => typeof scale !== 'number' || typeof offset !== 'number',
    rescaling,
    stock(layers.rescaling, 'scale', 'offset'),
  ),
  Reshape: {
    settings: ['target_shape', 'newshape'],
    make({ name, targetShape, newshape }, input) {
      const shape = (targetShape ?? dropBatch(name as string, newshape)) as number[];
      return layers.reshape({ name: name as string, targetShape: fillIn(shape, input) });
    },
  },
  Resizing: requireOneOf(
    INTERPOLATIONS,
    'interpolation',
    own(resizing, 'height', 'width', 'interpolation', 'crop_to_aspect_ratio', 'fill_mode', 'fill_value'),
  ),
  SeparableConv2D: chosen(
    needsOwnDepthwise,
    separableConv2D,
    stock(layers.separableConv2d, 'depth_multiplier', 'filters', ...SLIDING),
  ),
  Softmax: chosen(({ axis }) => axis !== -1, softmax, stock(layers.softmax, 'axis')),
  ThresholdedReLU: stock(layers.thresholdedReLU, 'theta'),
  UnitNormalization: own(unitNormalization, 'axis'),
  UpSampling2D: requireOneOf(
    INTERPOLATIONS,
    'interpolation',
    chosen(
      ({ interpolation = 'nearest' }) => interpolation !== 'nearest',
      upSampling2D,
      stock(layers.upSampling2d, 'size', 'interpolation'),
    ),
  ),
  ZeroPadding2D: stock(layers.zeroPadding2d, 'padding'),
};

/** Of the shape that an operation, not a layer, gives. */
function dropBatch(name: string, newshape: unknown): unknown[] {
  const [batch, ...others] = Array.isArray(newshape) ? newshape : [];
  if (batch !== -1 && batch !== null) throw refuseLayer(name, 'reshapes the batch');
  return others;
}

/** With the size that a shape leaves open; tfjs would leave it open until the network runs. */
function fillIn(shape: readonly number[], [, ...input]: tf.Shape): number[] {
  const multiply = (sizes: readonly (number | null)[]) =>
    sizes.reduce<number>((product, size) => product * (size ?? Number.NaN), 1);
  const open = multiply(input) / multiply(shape.filter((size) => size !== -1));
  return shape.map((size) => (size === -1 && Number.isInteger(open) ? open : size));
}

const IDENTITIES = new Map(IDENTITY_KINDS.map((each) => [each.kind, each]));

/**
 * The layer of a definition; undefined for a kind that is no layer, or that nobody knows.
 *
 * @param input the shape of its first input
 * @throws CnnvizError BAD_MODEL
 */
export function makeLayer(definition: LayerDefinition, input: tf.Shape): tf.layers.Layer | undefined {
  const { address: name, kind } = definition;
  const Identity = IDENTITIES.get(kind);
  if (Identity !== undefined) return new Identity({ name });
  if (kind === 'Dropout') return layers.dropout({ name, rate: Number(definition.config.rate ?? 0) });
  const Own = findOwnLayer(kind);
  if (Own !== undefined) return new Own({ name, ...readSettings(definition, Object.keys(definition.config)) });
  const found = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return found?.make({ name, ...readSettings(definition, found.settings) }, input);
}
