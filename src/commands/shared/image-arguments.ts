// Resolves paths to image files.

import { stat } from 'node:fs/promises';
import { parse, resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { readImage } from '../../dataset/decode/read-image.js';
import { listMounted } from '../../dataset/files/archive-folder.js';
import { namesArchives } from '../../dataset/files/archive-pattern.js';
import { openArchiveOf } from '../../dataset/files/archives.js';
import { listImageFiles } from '../../dataset/folder/image-files.js';
import { openDataFolder } from '../../dataset/folder/open-data-folder.js';
import { MAX_NAME_BYTES, shortenName } from '../../disk/file-names.js';
import { announceLeftOut } from './announce-data.js';
import type { EventListener, WorkflowOptions } from './events.js';
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
  const onDisk: string[] = [];
  for (const path of paths) if (!(await openArchiveOf(path)) && !namesArchives(path)) onDisk.push(path);
  await requireImages(onDisk, options);
  const images: string[] = [];
  for (const path of paths) {
    if (!(await isFolder(path))) images.push(path);
    else {
      onEvent({ type: 'stage', stage: 'scanning' });
      images.push(...(await listImages(path, onEvent)));
    }
  }
  if (images.length === 1) readImage(images[0] as string);
  return images;
}

/** Whether a path means a folder of images, or archives. */
export async function isFolder(path: string): Promise<boolean> {
  const isThere = await stat(path).catch(() => undefined);
  return isThere?.isDirectory() === true || namesArchives(path);
}

async function listImages(path: string, onEvent: EventListener): Promise<string[]> {
  const { folder, leftOut } = await openDataFolder(path, 'Name image files, or folders of them.');
  const isPlain = folder === resolve(path) && listMounted(folder) === undefined;
  const found = await listImageFiles(isPlain ? path : folder);
  announceLeftOut(path, [...leftOut, ...found.leftOut], onEvent);
  if (found.images.length === 0) throw new CnnvizError('NOT_FOUND', `${path}: no images in this folder`);
  return found.images;
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
