import type { tf } from '../../../backend/tfjs/tensors.js';
import { UnsupportedByGraph } from './unsupported.js';

/** What the graph needs to know of one weight. */
export interface WeightSpec {
  /** `layer/kernel`, the same in every process */
  name: string;
  shape: number[];
  /** false also in frozen layers */
  trainable: boolean;
}

/** One call of a layer of a tfjs model, as plain data. A layer that is called several times has several of them. */
export interface LayerSpec {
  name: string;
  className: string;
  config: tf.serialization.ConfigDict;
  /** of each input, without the batch */
  inputShapes: number[][];
  /** of the first input */
  inputShape: number[];
  /** without the batch */
  outputShape: number[];
  weightNames: string[];
  /** the tensors that it gets: outputs of other calls, or the network's input */
  inputIds: number[];
  outputId: number;
}

/** What a network computes, as plain data. */
export interface NetworkSpec {
  /** without the batch */
  inputShape: number[];
  inputId: number;
  outputId: number;
  /** without input layers, each after those that it gets something from */
  calls: LayerSpec[];
  /** of the layers that are called once, in the order of `LayersModel.layers` */
  layers: LayerSpec[];
}

/** Throws UnsupportedByGraph for several inputs or outputs and sizes that are not fixed. */
export function readNetwork(model: tf.LayersModel): NetworkSpec {
  const [input, output] = [model.inputs[0] as tf.SymbolicTensor, model.outputs[0] as tf.SymbolicTensor];
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw new UnsupportedByGraph(model.name, 'has several inputs or outputs');
  }
  const calls = readCalls(output, input);
  const layers = model.layers.flatMap((layer) => {
    const own = calls.filter(({ name }) => name === layer.name);
    return own.length === 1 ? own : [];
  });
  if (layers.at(-1)?.outputId !== output.id) {
    throw new UnsupportedByGraph(output.sourceLayer.name, 'produces the output and is used more than once');
  }
  return { inputShape: fixedShape(input), inputId: input.id, outputId: output.id, calls, layers };
}

/** All that a tensor depends on, from the network's input to the call that gives it. */
function readCalls(output: tf.SymbolicTensor, input: tf.SymbolicTensor): LayerSpec[] {
  const calls = new Map<number, LayerSpec>();
  const visit = (tensor: tf.SymbolicTensor): void => {
    if (tensor.id === input.id || calls.has(tensor.id)) return;
    const { inputTensors, outputTensors } = tensor.sourceLayer.inboundNodes[tensor.nodeIndex] as LayerNode;
    for (const each of inputTensors) visit(each);
    if (outputTensors.length !== 1) throw new UnsupportedByGraph(tensor.sourceLayer.name, 'has several outputs');
    calls.set(tensor.id, describeCall(inputTensors, tensor));
  };
  visit(output);
  return [...calls.values()];
}

type LayerNode = tf.layers.Layer['inboundNodes'][number];

function describeCall(inputs: readonly tf.SymbolicTensor[], output: tf.SymbolicTensor): LayerSpec {
  const layer = output.sourceLayer;
  const inputShapes = inputs.map((input) => fixedShape(input, layer.name));
  return {
    name: layer.name,
    className: layer.getClassName(),
    config: layer.getConfig(),
    inputShapes,
    inputShape: inputShapes[0] as number[],
    outputShape: fixedShape(output),
    weightNames: layer.weights.map(({ originalName }) => originalName),
    inputIds: inputs.map(({ id }) => id),
    outputId: output.id,
  };
}

function fixedShape({ shape, sourceLayer }: tf.SymbolicTensor, layerName = sourceLayer.name): number[] {
  return shape.slice(1).map((size) => {
    if (size === null) throw new UnsupportedByGraph(layerName, 'takes inputs of any size');
    return size;
  });
}
/** In the order of `LayersModel.getWeights()`. tfjs makes `name` unique in the process, `originalName` is the layer's own. */
export function readWeights(model: tf.LayersModel): WeightSpec[] {
  const trainable = new Set(model.trainableWeights);
  return model.weights.map((weight) => ({
    name: weight.originalName,
    shape: weight.shape as number[],
    trainable: trainable.has(weight),
  }));
}

/**
 * Throws UnsupportedByGraph for what only training minds: regularizers, constraints, and frozen batch normalization, which
 * Keras trains by its averages and tfjs by the batch.
 */
export function requireTrainable(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    if (layer.getClassName() === 'BatchNormalization' && !layer.trainable) {
      throw new UnsupportedByGraph(layer.name, 'is frozen');
    }
    for (const [key, value] of Object.entries(layer.getConfig())) {
      if (/(Regularizer|Constraint)$/.test(key) && value) throw new UnsupportedByGraph(layer.name, `has a ${key}`);
    }
  }
}
