// Gives a layer the weights of its file as it is built.

import { tf } from '../backend/tfjs/tensors.js';
import type { NamedArray } from '../engines/contract/training-step.js';
import { refuseLayer } from './layer-settings.js';

/** What Keras saves with layers, and no image meets. */
const NOT_WEIGHTS = /^(count|seed_generator_state)$/;

/** The same weight under another name. */
const ALIASES: Readonly<Record<string, string>> = { depthwise_kernel: 'kernel' };

type AddWeight = (role: string, shape: number[], dtype: string, initializer: unknown, ...rest: unknown[]) => unknown;

/**
 * Builds a layer. Its weights are taken by their roles, never by their places, and become its own without a first value that
 * would take as much memory.
 *
 * @throws CnnvizError BAD_MODEL for a weight that is missing, left over or of another shape
 */
export function buildWithWeights<T>(layer: tf.layers.Layer, arrays: readonly NamedArray[], build: () => T): T {
  const { name: address } = layer;
  const left = new Map(arrays.filter(({ name }) => !NOT_WEIGHTS.test(name)).map((array) => [array.name, array]));
  const take = (role: string, shape: readonly number[]): NamedArray => {
    const array = left.get(role) ?? left.get(ALIASES[role] ?? '');
    if (array === undefined) {
      const found = arrays.length === 0 ? 'none' : arrays.map(({ name }) => name).join(', ');
      throw refuseLayer(address, `its weight "${role}" is missing (found ${found})`);
    }
    left.delete(array.name);
    if (array.shape.join() === shape.join()) return array;
    throw refuseLayer(address, `expected its weight "${role}" to be [${shape}], found [${array.shape}]`);
  };
  const own = layer as unknown as { addWeight?: AddWeight };
  const add = own.addWeight as AddWeight;
  own.addWeight = (role, shape, dtype, _initializer, ...rest) => {
    const { values } = take(role, shape);
    return add.call(layer, role, shape, dtype, { apply: () => tf.tensor(values, shape) }, ...rest);
  };
  layer.name = toTensorName(address);
  try {
    const built = build();
    const [unused] = left.keys();
    if (unused === undefined) return built;
    throw refuseLayer(address, `has a weight "${unused}" that its kind does not have`);
  } finally {
    delete own.addWeight;
    layer.name = address;
  }
}

/** A name that tfjs allows for tensors: letters, digits and some signs. */
export function toTensorName(address: string): string {
  return address.replace(/[^-A-Za-z0-9_./]/g, '_').replace(/^[^A-Za-z0-9]/, 'n$&');
}
