import { activationOperations, eluLayer, leakyReluLayer, reluLayer, softmaxLayer } from './activation-kinds.js';
import type { LayerSpec } from './layer-spec.js';
import { averagePooling2d } from './layers/average-pooling2d.js';
import { batchNormalization } from './layers/batch-normalization.js';
import { conv2d } from './layers/conv2d.js';
import { dense } from './layers/dense.js';
import { dropout } from './layers/dropout.js';
import { flatten } from './layers/flatten.js';
import { globalAveragePooling2d } from './layers/global-average-pooling2d.js';
import { globalMaxPooling2d } from './layers/global-max-pooling2d.js';
import { maxPooling2d } from './layers/max-pooling2d.js';
import { rescaling } from './layers/rescaling.js';
import type { Operation } from './operation.js';
import { UnsupportedByGraph } from './unsupported.js';

/** Turns a layer's configuration into operations; throws UnsupportedByGraph for what it does not know. */
type LayerKind = (layer: LayerSpec) => Operation[];

/** Every layer that the graph knows, by its class in tfjs. */
const LAYER_KINDS: Record<string, LayerKind> = {
  Activation: activationOperations,
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

/** The operations of a layer in Keras's order. Throws UnsupportedByGraph. */
export function layerOperations(layer: LayerSpec): Operation[] {
  const kind = LAYER_KINDS[layer.className];
  if (!kind) throw new UnsupportedByGraph(layer.name, `layers of class ${layer.className} are not known`);
  return kind(layer);
}
