// Builds the network that was found, from whatever file it lies in.

import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { tf } from '../../backend/tfjs/tensors.js';
import { CHECKPOINT_FILE } from '../../formats/tfjs/checksums.js';
import { readModel } from '../../formats/tfjs/model-file.js';
import { leavesSizeOpen, measureImage } from './brought-network.js';
import type { WorkflowOptions } from './events.js';
import type { LocatedNetwork } from './locate-network.js';
import type { InputOptions } from './model-options.js';

/** What decides the size of a network that leaves its own open. */
export interface SizeOptions extends Pick<InputOptions, 'imageSize' | 'autoOrient'>, WorkflowOptions {
  /** that the network is to be shown */
  images?: readonly string[];
}

/**
 * Reads what can be refused without a backend, and warns where nobody knows whether the weights are those that were saved.
 *
 * @returns what builds the network on the current backend
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_IMAGE
 */
export async function prepareModel(
  { modelPath, brought }: LocatedNetwork,
  options: SizeOptions,
): Promise<() => Promise<tf.LayersModel>> {
  const warn = (message: string | undefined) => message && options.onEvent?.({ type: 'warning', message });
  if (brought === undefined) {
    const content = await readModel(modelPath);
    warn(content.doubt);
    return async () => (await import('../../network/store.js')).loadModel(content);
  }
  const { definition, readWeights, format } = brought;
  // A folder of weights of a run, copied out of it, still has the checksums of its files.
  const hasCheckpoint =
    format === 'TensorFlow.js layers model' && (await isThere(join(dirname(modelPath), CHECKPOINT_FILE)));
  if (hasCheckpoint) warn((await readModel(modelPath)).doubt);
  const size = leavesSizeOpen(definition) ? await chooseSize(options) : undefined;
  return async () => {
    const { buildNetwork } = await import('../../network/build-network.js');
    try {
      return await buildNetwork(definition, readWeights, size);
    } finally {
      await brought.close();
    }
  };
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

async function chooseSize({ imageSize, images = [], autoOrient = false, onEvent }: SizeOptions) {
  if (imageSize !== undefined) return { height: imageSize, width: imageSize };
  const [firstImage, ...others] = images;
  if (firstImage === undefined) return undefined;
  const size = await measureImage(firstImage, autoOrient);
  const rest = others.length === 0 ? '' : ', to which the others are resized';
  const message = `the network takes images of any size: ${size.height} x ${size.width}, as ${firstImage}${rest} (--image-size for another)`;
  onEvent?.({ type: 'note', message });
  return size;
}
