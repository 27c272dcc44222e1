// Reads what `activations` has written of an image.

import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { readJson } from '../../disk/read-file.js';
import { checkFormat } from '../../disk/schema.js';
import type { ImageResult, MeasuredLayer } from './draw-image.js';

/** What the manifest of an image's folder says, without what is the same for every image of a call. */
export interface ImageActivations extends Omit<ImageResult, 'layers'> {
  /** with each channel in numbers and words */
  layers: MeasuredLayer[];
}

/** Bytes: a deep network with all of its layers. */
const sizeAtMost = 512 * 2 ** 20;

/**
 * Reads what `activations` found in one image, channel by channel. The results of a call are without it: of many images it
 * would fill the memory.
 *
 * @param folder of the image
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_ARGUMENT for a folder of something else
 *
 * @example
 * ```ts
 * import { activations, readActivations } from 'cnnviz';
 *
 * const { images } = await activations({ images: ['cat.jpg'] });
 * for (const { folder } of images) {
 *   const { layers } = await readActivations(folder);
 *   console.log(layers[0]?.channels[0]?.mean);
 * }
 * ```
 */
export async function readActivations(folder: string): Promise<ImageActivations> {
  const path = join(folder, 'manifest.json');
  const refuse = (reason: string, cause?: unknown) =>
    new CnnvizError('BAD_ARGUMENT', `${path}: ${reason}`, {
      hint: 'Create it again with "cnnviz activations IMAGE".',
      ...(cause === undefined ? {} : { cause }),
    });
  const content = await readJson(path, refuse, sizeAtMost);
  checkFormat(content, { format: 'cnnviz-activations', version: 1, expected: 'a manifest of activations' }, refuse);
  const { image, inputShape, prediction, overview, layers, files } = content as ImageActivations;
  if (!Array.isArray(layers)) throw refuse('layers: expected a list of layers');
  return { image, folder, inputShape, prediction, overview, layers, files };
}
