// The same network for images of another size.

import type { tf } from '../backend/tfjs/tensors.js';
import type { NamedArray } from '../engines/contract/training-step.js';
import type { NetworkDefinition } from '../formats/network-definition.js';
import { buildNetwork, type InputSize } from './build-network.js';

/**
 * Builds a network that leaves its size open for images of another size, with a copy of its weights: the file is not read
 * again.
 *
 * @param model built from the definition
 * @throws CnnvizError BAD_MODEL for images that are too small
 */
export async function resizeNetwork(
  definition: NetworkDefinition,
  model: tf.LayersModel,
  size: InputSize,
): Promise<tf.LayersModel> {
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  return buildNetwork(definition, async (address) => (layers.get(address)?.weights ?? []).map(readWeight), size);
}

/** With its role for a name: what follows the layer's in tfjs's name, less the number that tfjs adds to a second one. */
function readWeight(weight: tf.layers.Layer['weights'][number]): NamedArray {
  const tensor = weight.read();
  const role = weight.originalName.replace(/^.*\//, '').replace(/_\d+$/, '');
  return { name: role, shape: tensor.shape, values: tensor.dataSync<'float32'>() };
}
