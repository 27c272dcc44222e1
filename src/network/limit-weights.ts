// Stops building a network that needs more weights than were saved.

import { AsyncLocalStorage } from 'node:async_hooks';
import { tf } from '../backend/tfjs/tensors.js';

type AddWeight = (this: unknown, name: string, shape: number[], ...rest: unknown[]) => unknown;

interface Limit {
  numberCount: number;
  left: number;
}

const limits = new AsyncLocalStorage<Limit>();
let isWatching = false;

/**
 * Builds a network; that ends where its layers need more numbers than were saved. tfjs reserves the memory of all of them
 * before it compares, and a few letters in a file can ask for any amount.
 *
 * @throws Error
 */
export function limitWeights<T>(numberCount: number, build: () => Promise<T>): Promise<T> {
  watchWeights();
  return limits.run({ numberCount, left: numberCount }, build);
}

function watchWeights(): void {
  if (isWatching) return;
  isWatching = true;
  const { prototype } = tf.layers.Layer as unknown as { prototype: { addWeight: AddWeight } };
  const { addWeight } = prototype;
  prototype.addWeight = function (this: unknown, name, shape, ...rest) {
    const limit = limits.getStore();
    if (limit !== undefined) {
      limit.left -= tf.util.sizeFromShape(shape);
      if (!(limit.left >= 0))
        throw new Error(`its layers need more weights than the ${limit.numberCount} that were saved`);
    }
    return addWeight.call(this, name, shape, ...rest);
  };
}
