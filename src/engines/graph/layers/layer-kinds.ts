// The kinds of layers, by class name.

import { DOES_NOTHING } from '../../contract/layer-kind.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { activationLayer } from './activation-kinds.js';
import { eluLayer, leakyReluLayer, preluLayer, reluLayer, softmaxLayer } from './activation-layers.js';
import { batchNormalization } from './batch-normalization.js';
import { inConvolutionType, inFloat32, inInputType, type LayerKinds } from './computed-in.js';
import { conv2d, depthwiseConv2d, separableConv2d } from './conv2d.js';
import { conv2dTranspose } from './conv2d-transpose.js';
import { dense } from './dense.js';
import { dot } from './dot.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { globalAveragePooling2d } from './global-average-pooling2d.js';
import { globalMaxPooling2d } from './global-max-pooling2d.js';
import { average, concatenate, mergeLayer } from './merge.js';
import {
  groupNormalization,
  layerNormalization,
  layerScale,
  normalization,
  rmsNormalization,
  unitNormalization,
} from './normalization.js';
import { arithmetic, clip, elementwise, reduction, rescaling } from './operations.js';
import { averagePooling2d, maxPooling2d } from './pooling2d.js';
import { centerCrop, resizing, upSampling2d } from './resizing.js';
import { cropping2d, getItem, permute, reshapeLayer, transposeLayer, zeroPadding2d } from './shapes.js';

/** Every layer with one input that the graph knows, by its class in Keras. */
const LAYER_KINDS: LayerKinds = {
  ...inConvolutionType({
    Conv2D: conv2d,
    Conv2DTranspose: conv2dTranspose,
    DepthwiseConv2D: depthwiseConv2d,
    SeparableConv2D: separableConv2d,
  }),
  ...inInputType({
    Activation: activationLayer,
    AveragePooling2D: averagePooling2d,
    BatchNormalization: batchNormalization,
    Cropping2D: cropping2d,
    Dropout: dropout,
    Flatten: flatten,
    GlobalMaxPooling2D: globalMaxPooling2d,
    LeakyReLU: leakyReluLayer,
    MaxPooling2D: maxPooling2d,
    ReLU: reluLayer,
    Reshape: reshapeLayer,
    ZeroPadding2D: zeroPadding2d,
  }),
  ...inFloat32({
    Absolute: elementwise('Abs'),
    Cast: elementwise('Identity'),
    CenterCrop: centerCrop,
    Clip: clip,
    Dense: dense,
    ELU: eluLayer,
    GetItem: getItem,
    GlobalAveragePooling2D: globalAveragePooling2d,
    GroupNormalization: groupNormalization,
    LayerNormalization: layerNormalization,
    LayerScale: layerScale,
    Log: elementwise('Log'),
    Max: reduction('Max'),
    Mean: reduction('Mean'),
    Min: reduction('Min'),
    Negative: elementwise('Neg'),
    Normalization: normalization,
    Permute: permute,
    PReLU: preluLayer,
    RMSNormalization: rmsNormalization,
    Rescaling: rescaling,
    Resizing: resizing,
    Softmax: softmaxLayer,
    Sqrt: elementwise('Sqrt'),
    Square: elementwise('Square'),
    Sum: reduction('Sum'),
    Transpose: transposeLayer,
    UnitNormalization: unitNormalization,
    UpSampling2D: upSampling2d,
  }),
};

/** Layers with any number of inputs. */
const MERGE_KINDS: LayerKinds = {
  ...inInputType({
    Add: mergeLayer('AddV2'),
    Concatenate: concatenate,
  }),
  ...inFloat32({
    Average: average,
    Divide: arithmetic('RealDiv'),
    Dot: dot,
    Maximum: mergeLayer('Maximum'),
    Minimum: mergeLayer('Minimum'),
    Multiply: mergeLayer('Mul'),
    Power: arithmetic('Pow'),
    Subtract: mergeLayer('Sub'),
    TrueDivide: arithmetic('RealDiv'),
  }),
};

/** Nothing, in inference; what tfjs's own layers do in training is not known here. */
function identity(layer: LayerSpec): LayerForward {
  return ({ training }, input) => {
    if (training && !layer.isOwn) throw new UnsupportedByGraph(layer.name, `${layer.className} cannot be trained`);
    return input;
  };
}

/** What computes a layer, in Keras's order. Throws UnsupportedByGraph. */
export function layerForward(layer: LayerSpec): LayerForward {
  const merge = MERGE_KINDS[layer.className];
  if (merge) return merge(layer);
  const kind = LAYER_KINDS[layer.className] ?? (DOES_NOTHING.test(layer.className) ? identity : undefined);
  if (!kind) throw new UnsupportedByGraph(layer.name, `layers of class ${layer.className} are not supported`);
  if (layer.inputShapes.length !== 1) throw new UnsupportedByGraph(layer.name, 'has several inputs');
  return kind(layer);
}
