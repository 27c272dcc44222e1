// The kinds of layers, by class name.

import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { activationLayer, eluLayer, leakyReluLayer, reluLayer, softmaxLayer } from './activation-kinds.js';
import { batchNormalization } from './batch-normalization.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { globalAveragePooling2d } from './global-average-pooling2d.js';
import { globalMaxPooling2d } from './global-max-pooling2d.js';
import { average, concatenate, mergeLayer } from './merge.js';
import { averagePooling2d, maxPooling2d } from './pooling2d.js';
import { rescaling } from './rescaling.js';

/** Turns a layer's configuration into what computes it; throws UnsupportedByGraph for what it does not know. */
type LayerKind = (layer: LayerSpec) => LayerForward;

/** Every layer with one input that the graph knows, by its class in tfjs. */
const LAYER_KINDS: Record<string, LayerKind> = {
  Activation: activationLayer,
  AveragePooling2D: averagePooling2d,
  BatchNormalization: batchNormalization,
  Conv2D: conv2d,
  Dense: dense,
  Dropout: dropout,
  ELU: eluLayer,
  Flatten: flatten,
  GlobalAveragePooling2D: globalAveragePooling2d,
  GlobalMaxPooling2D: globalMaxPooling2d,
  LeakyReLU: leakyReluLayer,
  MaxPooling2D: maxPooling2d,
  ReLU: reluLayer,
  Rescaling: rescaling,
  Softmax: softmaxLayer,
};

/** Layers with any number of inputs. */
const MERGE_KINDS: Record<string, LayerKind> = {
  Add: mergeLayer('AddV2'),
  Average: average,
  Concatenate: concatenate,
  Maximum: mergeLayer('Maximum'),
  Minimum: mergeLayer('Minimum'),
  Multiply: mergeLayer('Mul'),
  Subtract: mergeLayer('Sub'),
};

/** What computes a layer, in Keras's order. Throws UnsupportedByGraph. */
export function layerForward(layer: LayerSpec): LayerForward {
  const merge = MERGE_KINDS[layer.className];
  if (merge) return merge(layer);
  const kind = LAYER_KINDS[layer.className];
  if (!kind) throw new UnsupportedByGraph(layer.name, `layers of class ${layer.className} are not supported`);
  if (layer.inputShapes.length !== 1) throw new UnsupportedByGraph(layer.name, 'has several inputs');
  return kind(layer);
}
