// Copies or links the chosen images.

import fs, { constants } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import type { ClassImages } from '../../dataset/folder/class-images.js';
import { explainWriteFailure, makeFolder } from '../../disk/files.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { PlacedEvent } from './events.js';
import type { ChosenImage } from './split-choice.js';

/** The path that an image gets in the new folder: `train/cat/cat.0.jpg`. Names and sub-folders stay as they are. */
export function pathInSplit({ path, split, classIndex }: ChosenImage, source: ClassImages): string {
  const className = source.classNames[classIndex] as string;
  const folders = source.layout === 'flat' ? [source.folder] : (source.classFolders[classIndex] as string[]);
  const at = folders.findIndex((folder) => path.startsWith(folder + sep));
  // A second folder of one class is there where names differ in their Unicode form only: its files must not replace others.
  const second = at > 0 ? `${at + 1}` : '';
  return join(split, className, second, relative(folders[at] as string, path));
}

/**
 * Makes sure, before the slow part, that hard links can lead from one place to the other.
 *
 * @param folder where links shall be
 * @throws CnnvizError NOT_WRITABLE
 */
export async function tryLink(image: string, folder: string): Promise<void> {
  const probe = join(folder, '.link');
  await linkFile(image, probe);
  await fs.rm(probe);
}

/** Copies or links every image to its path below `folder`. @throws CnnvizError DISK_FULL, NOT_WRITABLE, ABORTED */
export async function placeImages(
  images: readonly ChosenImage[],
  source: ClassImages,
  folder: string,
  { link, onEvent, signal }: WorkflowOptions<PlacedEvent> & { link: boolean },
): Promise<void> {
  const made = new Set<string>();
  for (const [index, image] of images.entries()) {
    const path = join(folder, pathInSplit(image, source));
    if (!made.has(dirname(path))) await makeFolder(dirname(path));
    made.add(dirname(path));
    await (link ? linkFile(image.path, path) : copyFile(image.path, path));
    onEvent?.({ type: 'image-placed', done: index + 1, total: images.length });
    await setImmediate(); // signals are heard
    if (signal?.aborted) throw new CnnvizError('ABORTED', 'interrupted; nothing was written');
  }
}

/** A link's own target is what counts: a copy of a relative link, or a hard link to one, would lead nowhere. */
async function linkFile(from: string, to: string): Promise<void> {
  try {
    await fs.link(await fs.realpath(from), to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = {
      EXDEV: `${dirname(from)} is on another file system`,
      EPERM: `the file system, or a file's owner, does not allow it`,
      ENOTSUP: 'the file system does not support them',
      ENOSYS: 'the file system does not support them',
      EMLINK: 'the file has the maximum number of links',
    }[code as string];
    if (reason === undefined) throw explainWriteFailure(error, to);
    throw new CnnvizError('NOT_WRITABLE', `cannot create a hard link to ${from}: ${reason}`, {
      hint: 'Leave out --link to copy the images.',
      cause: error,
    });
  }
}

/** Shares the file's blocks where the file system can. */
async function copyFile(from: string, to: string): Promise<void> {
  await fs.copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).catch((error: unknown) => {
    throw explainWriteFailure(error, to);
  });
}
