// A model's layers, shapes and parameters.

import type { tf } from '../backend/tfjs/tensors.js';
import { kindOf } from '../engines/contract/layer-kind.js';
import type { ModelDescription } from './description.js';

export function describeModel(model: tf.LayersModel): ModelDescription {
  return {
    layers: model.layers.map((layer) => ({
      name: layer.name,
      kind: kindOf(layer),
      outputShape: firstShape(layer),
      parameterCount: layer.countParams(),
    })),
    parameterCount: countNumbers(model.weights),
    trainableParameterCount: countNumbers(model.trainableWeights),
  };
}

/** Of the first call: a layer that is called several times may give another shape each time. */
function firstShape({ inboundNodes }: tf.layers.Layer): (number | null)[] {
  return inboundNodes[0]?.outputTensors[0]?.shape ?? [];
}

function countNumbers(weights: { shape: tf.Shape }[]): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce<number>((product, size) => product * (size ?? 1), 1), 0);
}
