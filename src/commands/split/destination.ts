import fs from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { badArgument, CnnvizError } from '../../base/errors.js';
import { explainWriteFailure } from '../../disk/files.js';
import { type StagedFolder, stageFolder } from '../../disk/staged-folder.js';

/**
 * Begins a folder at a place where nothing is, or an empty folder, and outside of the source.
 *
 * @throws CnnvizError BAD_ARGUMENT (inside the source), NOT_WRITABLE, DISK_FULL
 */
export async function openDestination(place: string, source: string): Promise<StagedFolder> {
  const target = await resolveLinks(resolve(place));
  if (isInside(target, await fs.realpath(source))) {
    throw badArgument('dest', `a folder outside ${source}, which is never changed`, place);
  }
  await requireEmpty(target);
  return stageFolder(target, { replaces: false });
}

/** A path without symbolic links, also where its end does not exist yet. */
async function resolveLinks(path: string): Promise<string> {
  return fs.realpath(path).catch(async () => {
    const parent = dirname(path);
    return parent === path ? path : join(await resolveLinks(parent), basename(path));
  });
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw explainWriteFailure(error, folder);
  });
  if (names.length === 0) return;
  throw new CnnvizError('NOT_WRITABLE', `${folder}: this folder is not empty (it contains ${names[0]})`, {
    hint: 'Choose a folder that does not exist or is empty.',
  });
}
