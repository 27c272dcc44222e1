// Resolves paths to image files.

import { stat } from 'node:fs/promises';
import { parse } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { readImage } from '../../dataset/decode/read-image.js';
import { listImageFiles } from '../../dataset/folder/image-files.js';
import { MAX_NAME_BYTES, shortenName } from '../../disk/file-names.js';
import { announceLeftOut } from './announce-data.js';
import type { WorkflowOptions } from './events.js';
import { type MissingImageOptions, requireImages } from './missing-image.js';

/**
 * The image files that are meant by paths of files and folders, in the order given; a folder stands for every image in it
 * and below. All of them have to be there; whether they can be read shows when they are decoded, for a single one now, before
 * slower work begins that would be in vain. What a folder holds besides is reported.
 *
 * @throws CnnvizError NOT_FOUND for a folder without images, NOT_READABLE, BAD_IMAGE for a path that leads nowhere, and for a single file that is no image
 */
export async function expandImageArguments(
  paths: readonly string[],
  options: MissingImageOptions & WorkflowOptions = {},
): Promise<string[]> {
  const { onEvent = () => undefined } = options;
  await requireImages(paths, options);
  const images: string[] = [];
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) images.push(path);
    else {
      onEvent({ type: 'stage', stage: 'scanning' });
      const found = await listImageFiles(path);
      announceLeftOut(path, found.leftOut, onEvent);
      if (found.images.length === 0) throw new CnnvizError('NOT_FOUND', `${path}: no images in this folder`);
      images.push(...found.images);
    }
  }
  if (images.length === 1) readImage(images[0] as string);
  return images;
}

/** A name for each image's results: its file's name without the extension, made unique by a number. */
export function nameResults(images: readonly string[]): string[] {
  const taken = new Set<string>();
  return images.map((image) => {
    const base = parse(image).name || 'image';
    let name = base;
    // Some file systems take "Cat" and "cat" for the same name.
    for (let number = 2; taken.has(name.toLowerCase()); number++) {
      name = shortenName(`${base}-${number}`, MAX_NAME_BYTES);
    }
    taken.add(name.toLowerCase());
    return name;
  });
}
