// A model's layers, shapes and parameters.

import type { tf } from '../backend/tfjs/tensors.js';

/** One row of Keras's `model.summary()`. */
export interface LayerDescription {
  name: string;
  /** Keras's class name, such as `Conv2D` */
  kind: string;
  /** with the batch as `null`; of the first output where there are several */
  outputShape: (number | null)[];
  parameterCount: number;
}

export interface ModelDescription {
  layers: LayerDescription[];
  parameterCount: number;
  trainableParameterCount: number;
}

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
