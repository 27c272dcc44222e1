// The kinds of activations, by name.

import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { readNumber } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { unary } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';

type Activation = (graph: GraphBuilder, input: GraphTensor) => GraphTensor;

const ACTIVATIONS: Record<string, Activation> = {
  linear: (_, input) => input,
  /** max(x, 0) */
  relu: (graph, input) => unary(graph, 'Relu', input),
  /** 1 / (1 + exp(-x)) */
  sigmoid: (graph, input) => unary(graph, 'Sigmoid', input),
  /** exp(x) / sum(exp(x)) over the last axis */
  softmax: (graph, input) => unary(graph, 'Softmax', input),
  tanh: (graph, input) => unary(graph, 'Tanh', input),
  /** x where x > 0, else exp(x) - 1: the exponential linear unit with alpha 1 (Clevert et al., 2016) */
  elu: (graph, input) => unary(graph, 'Elu', input),
};

/** The activation that a layer's configuration names. */
export function readActivation(layer: LayerSpec): Activation {
  const name = layer.config.activation ?? 'linear';
  const activation = typeof name === 'string' ? ACTIVATIONS[name] : undefined;
  if (!activation) throw new UnsupportedByGraph(layer.name, `activation ${JSON.stringify(name)} is not supported`);
  return activation;
}

// Layers that are an activation and nothing else, each with its own class in tfjs.

export function activationLayer(layer: LayerSpec): LayerForward {
  const activation = readActivation(layer);
  return ({ graph }, input) => activation(graph, input);
}

export function reluLayer(layer: LayerSpec): LayerForward {
  if (typeof layer.config.maxValue === 'number') throw new UnsupportedByGraph(layer.name, 'has a maximum');
  return ({ graph }, input) => unary(graph, 'Relu', input);
}

/** x where x > 0, else slope * x */
export function leakyReluLayer(layer: LayerSpec): LayerForward {
  const slope = readNumber(layer, 'alpha');
  return ({ graph }, input) => graph.add('LeakyRelu', [input], { T: { type: 'float' }, alpha: { float: slope } });
}

export function eluLayer(layer: LayerSpec): LayerForward {
  if (readNumber(layer, 'alpha') !== 1) throw new UnsupportedByGraph(layer.name, 'has an alpha other than 1');
  return ({ graph }, input) => unary(graph, 'Elu', input);
}

export function softmaxLayer(layer: LayerSpec): LayerForward {
  const axis = readNumber(layer, 'axis');
  if (axis !== -1 && axis !== layer.inputShape.length) {
    throw new UnsupportedByGraph(layer.name, `works along axis ${axis}, not the last`);
  }
  return ({ graph }, input) => unary(graph, 'Softmax', input);
}
