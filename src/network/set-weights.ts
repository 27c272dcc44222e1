// Gives a layer that was just built the weights of its file.

import { tf } from '../backend/tfjs/tensors.js';
import type { NamedArray } from '../engines/contract/training-step.js';
import { refuseLayer } from './layer-settings.js';

/** What Keras saves with layers, and no image meets. */
const NOT_WEIGHTS = /^(count|seed_generator_state)$/;

/** The same weight under another name. */
const ALIASES: Readonly<Record<string, string>> = { depthwise_kernel: 'kernel' };

/** By their roles, never by their places. @throws CnnvizError BAD_MODEL for one that is missing, left over or of another shape */
export function setWeights({ name: address, weights }: tf.layers.Layer, arrays: readonly NamedArray[]): void {
  const left = new Map(arrays.filter(({ name }) => !NOT_WEIGHTS.test(name)).map((array) => [array.name, array]));
  for (const weight of weights) {
    const role = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1);
    const array = left.get(role) ?? left.get(ALIASES[role] ?? '');
    if (array === undefined) {
      const found = arrays.length === 0 ? 'none' : arrays.map(({ name }) => name).join(', ');
      throw refuseLayer(address, `its weight "${role}" is missing (found ${found})`);
    }
    left.delete(array.name);
    if (array.shape.join() !== weight.shape.join()) {
      throw refuseLayer(address, `expected its weight "${role}" to be [${weight.shape}], found [${array.shape}]`);
    }
    const tensor = tf.tensor(array.values, array.shape);
    weight.write(tensor);
    tensor.dispose();
  }
  const [unused] = left.keys();
  if (unused !== undefined) throw refuseLayer(address, `has a weight "${unused}" that its kind does not have`);
}
