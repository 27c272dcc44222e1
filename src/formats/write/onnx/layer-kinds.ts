// The kinds of layers that ONNX has an exact counterpart of.

import { type ExportedLayer, isTrainingOnly } from '../exported-network.js';
import { activate, reluLayer } from './activations.js';
import { average, concatenate, merge } from './merges.js';
import type { OnnxLayer } from './onnx-layer.js';
import {
  batchNormalization,
  cropping2d,
  dense,
  elu,
  globalPooling,
  layerNormalization,
  leakyRelu,
  permute,
  rescaling,
  reshape,
  softmax,
  upSampling2d,
  zeroPadding2d,
} from './simple-layers.js';
import {
  averagePooling2d,
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  maxPooling2d,
  separableConv2d,
} from './windows.js';

const KINDS: Record<string, OnnxLayer> = {
  Activation: (call) => activate(call, call.input),
  Add: merge('Add'),
  Average: average,
  AveragePooling2D: averagePooling2d,
  BatchNormalization: batchNormalization,
  Concatenate: concatenate,
  Conv2D: conv2d,
  Conv2DTranspose: conv2dTranspose,
  Cropping2D: cropping2d,
  Dense: dense,
  DepthwiseConv2D: depthwiseConv2d,
  Divide: merge('Div'),
  ELU: elu,
  Flatten: reshape,
  GlobalAveragePooling2D: globalPooling('GlobalAveragePool'),
  GlobalMaxPooling2D: globalPooling('GlobalMaxPool'),
  LayerNormalization: layerNormalization,
  LeakyReLU: leakyRelu,
  MaxPooling2D: maxPooling2d,
  Maximum: merge('Max'),
  Minimum: merge('Min'),
  Multiply: merge('Mul'),
  Permute: permute,
  ReLU: reluLayer,
  Rescaling: rescaling,
  Reshape: reshape,
  SeparableConv2D: separableConv2d,
  Softmax: softmax,
  Subtract: merge('Sub'),
  TrueDivide: merge('Div'),
  UpSampling2D: upSampling2d,
  ZeroPadding2D: zeroPadding2d,
};

/** Undefined for a kind without a counterpart. */
export function onnxLayer(layer: ExportedLayer): OnnxLayer | undefined {
  return isTrainingOnly(layer) ? ({ input }) => input : KINDS[layer.kind];
}
