// A network at one size, or at the size of each image.

import type { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import { badImage } from '../../dataset/decode/image-bytes.js';
import type { Size } from '../../dataset/decode/image-size.js';
import type { Engine } from '../../engines/contract/engine.js';
import { measureImage, splitBySize } from './image-sizes.js';
import type { TrainedNetwork } from './network-in-use.js';
import type { OpenedNetwork } from './opened-network.js';

/** A network that all images get at one size. */
export function onlySize(trained: TrainedNetwork): OpenedNetwork {
  return {
    ...trained,
    forImage: async () => trained,
    split: async ({ length: count }) => [{ first: 0, count }],
    [Symbol.dispose]: () => trained.dispose(),
  };
}

/**
 * A network that is built again for each size that comes: that takes tens of milliseconds, and only the last one is kept.
 *
 * @param trained at the first image's size
 */
export function eachSize(trained: TrainedNetwork, resize: (size: Size) => Promise<TrainedNetwork>): OpenedNetwork {
  const { autoOrient } = trained.preprocessing;
  let current = trained;
  const replace = (next: TrainedNetwork) => {
    if (current !== trained) current.dispose();
    current = next;
  };
  const dispose = () => {
    replace(trained);
    trained.dispose();
  };
  return {
    ...trained,
    dispose,
    async forImage(path) {
      const size = await measureImage(path, autoOrient);
      if (isOf(current, size)) return current;
      replace(trained);
      if (!isOf(trained, size)) replace(await resize(size).catch((error: unknown) => refuseSmall(path, size, error)));
      return current;
    },
    split: (images) => splitBySize(images, autoOrient),
    [Symbol.dispose]: dispose,
  };
}

function isOf({ preprocessing: { height, width } }: TrainedNetwork, size: Size): boolean {
  return height === size.height && width === size.width;
}

function refuseSmall(path: string, { height, width }: Size, error: unknown): never {
  if (!(error instanceof CnnvizError) || error.code !== 'BAD_MODEL') throw error;
  throw badImage(path, `the network cannot take it at ${height} x ${width}, its own size: ${error.message}`, error);
}

/** The network at another size: images become its input as they became the first one's. */
export function openResized(
  trained: TrainedNetwork,
  model: tf.LayersModel,
  open: (model: tf.LayersModel) => Engine,
): TrainedNetwork {
  try {
    const network = open(model);
    const [height = 0, width = 0] = network.inputShape;
    const dispose = () => {
      network.dispose();
      model.dispose();
    };
    return { ...trained, network, preprocessing: { ...trained.preprocessing, height, width }, dispose };
  } catch (error) {
    model.dispose();
    throw error;
  }
}
