import type { tf } from '../backend/tensors.js';
import { UnsupportedByGraph } from './unsupported.js';

/** What the graph needs to know of one weight. */
export interface WeightSpec {
  /** `layer/kernel`, the same in every process */
  name: string;
  shape: number[];
  trainable: boolean;
}

/** One layer of a tfjs model as plain data. */
export interface LayerSpec {
  name: string;
  className: string;
  config: tf.serialization.ConfigDict;
  /** without the batch */
  inputShape: number[];
  /** without the batch */
  outputShape: number[];
  weights: WeightSpec[];
}

/**
 * The layers of a network in which each one feeds just the next, without input layers.
 * Throws UnsupportedByGraph for branches, shared layers, several inputs or outputs, and sizes that are not fixed.
 */
export function readLayers(model: tf.LayersModel): LayerSpec[] {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw new UnsupportedByGraph(model.name, 'has several inputs or outputs');
  }
  const specs: LayerSpec[] = [];
  let previous: tf.SymbolicTensor = model.inputs[0] as tf.SymbolicTensor;
  for (const layer of model.layers) {
    if (layer.getClassName() === 'InputLayer') continue;
    const { input, output } = layerEnds(layer);
    if (input.id !== previous.id) throw new UnsupportedByGraph(layer.name, 'is not fed by the layer before it alone');
    specs.push(describeLayer(layer, input, output));
    previous = output;
  }
  if (previous.id !== model.outputs[0]?.id) {
    throw new UnsupportedByGraph(model.name, 'the last layer is not the output');
  }
  return specs;
}

function layerEnds(layer: tf.layers.Layer): { input: tf.SymbolicTensor; output: tf.SymbolicTensor } {
  // tfjs throws for layers that are used more than once.
  const ends = (() => {
    try {
      return { input: layer.input, output: layer.output };
    } catch {
      throw new UnsupportedByGraph(layer.name, 'is used more than once');
    }
  })();
  if (Array.isArray(ends.input) || Array.isArray(ends.output)) {
    throw new UnsupportedByGraph(layer.name, 'has several inputs or outputs');
  }
  return { input: ends.input, output: ends.output };
}

function describeLayer(layer: tf.layers.Layer, input: tf.SymbolicTensor, output: tf.SymbolicTensor): LayerSpec {
  return {
    name: layer.name,
    className: layer.getClassName(),
    config: layer.getConfig(),
    inputShape: fixedShape(layer, input),
    outputShape: fixedShape(layer, output),
    weights: layer.weights.map(describeWeight),
  };
}

function fixedShape(layer: tf.layers.Layer, tensor: tf.SymbolicTensor): number[] {
  return tensor.shape.slice(1).map((size) => {
    if (size === null) throw new UnsupportedByGraph(layer.name, 'takes inputs of any size');
    return size;
  });
}

/** One weight of a layer. tfjs makes `name` unique in the process, `originalName` is what the layer called it. */
export function describeWeight(weight: tf.LayerVariable): WeightSpec {
  return { name: weight.originalName, shape: weight.shape as number[], trainable: weight.trainable };
}

/** Throws UnsupportedByGraph for what only training minds: frozen layers, regularizers, constraints. */
export function requireTrainable(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    if (layer.weights.length > 0 && !layer.trainable) throw new UnsupportedByGraph(layer.name, 'is frozen');
    for (const [key, value] of Object.entries(layer.getConfig())) {
      if (/(Regularizer|Constraint)$/.test(key) && value) throw new UnsupportedByGraph(layer.name, `has a ${key}`);
    }
  }
}
