// A model's layers, shapes and parameters.

import type { tf } from '../backend/tfjs/tensors.js';
import type { ModelDescription } from './description.js';

export function describeModel(model: tf.LayersModel): ModelDescription {
  return {
    layers: model.layers.map((layer) => ({
      name: layer.name,
      kind: layer.getClassName(),
      outputShape: firstShape(layer.outputShape),
      parameterCount: layer.countParams(),
    })),
    parameterCount: countNumbers(model.weights),
    trainableParameterCount: countNumbers(model.trainableWeights),
  };
}

function firstShape(shapes: tf.Shape | tf.Shape[]): (number | null)[] {
  return Array.isArray(shapes[0]) ? shapes[0] : (shapes as tf.Shape);
}

function countNumbers(weights: { shape: tf.Shape }[]): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce<number>((product, size) => product * (size ?? 1), 1), 0);
}
