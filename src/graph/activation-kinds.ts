import { elu } from './activations/elu.js';
import { leakyRelu } from './activations/leaky-relu.js';
import { relu } from './activations/relu.js';
import { sigmoid } from './activations/sigmoid.js';
import { softmax } from './activations/softmax.js';
import { tanh } from './activations/tanh.js';
import { readNumber } from './layer-config.js';
import type { LayerSpec } from './layer-spec.js';
import type { Operation } from './operation.js';
import { UnsupportedByGraph } from './unsupported.js';

const ACTIVATIONS: Record<string, Operation[]> = {
  linear: [],
  relu: [relu],
  sigmoid: [sigmoid],
  softmax: [softmax],
  tanh: [tanh],
  elu: [elu],
};

/** The activation that a layer's configuration names; none for linear. */
export function activationOperations(layer: LayerSpec): Operation[] {
  const name = layer.config.activation ?? 'linear';
  const operations = typeof name === 'string' ? ACTIVATIONS[name] : undefined;
  if (!operations) throw new UnsupportedByGraph(layer.name, `activation ${JSON.stringify(name)} is not known`);
  return operations;
}

// Layers that are an activation and nothing else, each with its own class in tfjs.

export function reluLayer(layer: LayerSpec): Operation[] {
  if (typeof layer.config.maxValue === 'number') throw new UnsupportedByGraph(layer.name, 'has a maximum');
  return [relu];
}

export function leakyReluLayer(layer: LayerSpec): Operation[] {
  return [leakyRelu(readNumber(layer, 'alpha'))];
}

export function eluLayer(layer: LayerSpec): Operation[] {
  if (readNumber(layer, 'alpha') !== 1) throw new UnsupportedByGraph(layer.name, 'has an alpha other than 1');
  return [elu];
}

export function softmaxLayer(layer: LayerSpec): Operation[] {
  const axis = readNumber(layer, 'axis');
  if (axis !== -1 && axis !== layer.inputShape.length) {
    throw new UnsupportedByGraph(layer.name, `works along axis ${axis}, not the last`);
  }
  return [softmax];
}
