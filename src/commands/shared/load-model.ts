// Builds the network that was found, from whatever file it lies in.

import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { Size } from '../../dataset/decode/image-size.js';
import { CHECKPOINT_FILE } from '../../formats/tfjs/checksums.js';
import { readModel } from '../../formats/tfjs/model-file.js';
import { leavesSizeOpen } from './brought-network.js';
import type { WorkflowOptions } from './events.js';
import { measureFirst } from './image-sizes.js';
import type { LocatedNetwork } from './locate-network.js';
import type { InputOptions } from './model-options.js';

/** What decides the size of a network that leaves its own open. */
export interface SizeOptions extends Pick<InputOptions, 'imageSize' | 'autoOrient'>, WorkflowOptions {
  /** that the network is to be shown */
  images?: readonly string[];
  /** the command has one size for all of them, that of the first: what it measures cannot be compared between sizes */
  oneSize?: boolean;
}

/** What builds a network on the current backend. */
interface PreparedModel {
  load(): Promise<tf.LayersModel>;
  /** builds it for images of another size, with a copy of its weights; absent where all images get one size */
  resize?: (model: tf.LayersModel, size: Size) => Promise<tf.LayersModel>;
}

/**
 * Reads what can be refused without a backend, and warns where nobody knows whether the weights are those that were saved.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_IMAGE
 */
export async function prepareModel(
  { modelPath, brought }: LocatedNetwork,
  options: SizeOptions,
): Promise<PreparedModel> {
  const warn = (message: string | undefined) => message && options.onEvent?.({ type: 'warning', message });
  if (brought === undefined) {
    const content = await readModel(modelPath);
    warn(content.doubt);
    return { load: async () => (await import('../../network/store.js')).loadModel(content) };
  }
  const { definition, readWeights, format } = brought;
  // A folder of weights of a run, copied out of it, still has the checksums of its files.
  const hasCheckpoint =
    format === 'TensorFlow.js layers model' && (await isThere(join(dirname(modelPath), CHECKPOINT_FILE)));
  if (hasCheckpoint) warn((await readModel(modelPath)).doubt);
  const isOpen = leavesSizeOpen(definition);
  const size = isOpen ? await chooseSize(options) : undefined;
  const load = async () => {
    const { buildNetwork } = await import('../../network/build-network.js');
    try {
      return await buildNetwork(definition, readWeights, size);
    } finally {
      await brought.close();
    }
  };
  if (!isOpen || !takesEachSize(options)) return { load };
  const { resizeNetwork } = await import('../../network/resize-network.js');
  return { load, resize: (model, other) => resizeNetwork(definition, model, other) };
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** Whether images of several sizes reach a network that takes them, each at its own. */
function takesEachSize({ imageSize, images = [], oneSize = false }: SizeOptions): boolean {
  return imageSize === undefined && images.length > 1 && !oneSize;
}

async function chooseSize(options: SizeOptions): Promise<Size | undefined> {
  const { imageSize, images = [], autoOrient = false, onEvent } = options;
  if (imageSize !== undefined) return { height: imageSize, width: imageSize };
  if (images.length === 0) return undefined;
  const { path, size } = await measureFirst(images, autoOrient);
  const asFirst = `${size.height} x ${size.width}, as ${path}`;
  const rest = images.length === 1 ? '' : ', to which the others are resized';
  const message = takesEachSize(options)
    ? 'the network takes images of any size: each at its own, up to 512 pixels a side (--image-size for one size)'
    : `the network takes images of any size: ${asFirst}${rest} (--image-size for another)`;
  onEvent?.({ type: 'note', message });
  return size;
}
