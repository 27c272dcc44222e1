// What a data folder is: a folder, or archives that are listed as one.

import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { ArchiveFolder, mountArchives, type PlacedArchive, unmountArchives } from '../files/archive-folder.js';
import { expandPattern, namesArchives } from '../files/archive-pattern.js';
import { type Archive, openArchive } from '../files/archives.js';
import { FolderProbe } from './folder-probe.js';
import { type LeftOut, LeftOutList } from './left-out.js';
import { readSplitName } from './split-name.js';

/** A folder of images, wherever they are. */
export interface DataFolder {
  /** absolute path of what is listed */
  folder: string;
  /** absolute path that images are named from: the folder itself; of archives, the folder that they lie in */
  root: string;
  leftOut: LeftOut[];
}

/** What an archive can hold of archives. */
const ARCHIVE_NAME = /\.(tar|tgz|tar\.\w+|zip|7z|rar)$/i;

/**
 * Makes sure that a data folder is there and is a folder, or archives: one `.tar`, several by a pattern, or a folder of them.
 *
 * @param hint what to name instead
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET (a file that is no archive, or a damaged one)
 */
export async function openDataFolder(data: string, hint: string): Promise<DataFolder> {
  const folder = resolve(data);
  const target = await stat(folder).catch((error: NodeJS.ErrnoException) => error);
  if (!(target instanceof Error) && target.isDirectory()) {
    const archives = await findArchives(folder);
    if (archives !== undefined) return openArchives(folder, archives);
    unmountArchives(folder);
    return { folder, root: folder, leftOut: [] };
  }
  if (namesArchives(basename(folder))) return openArchives(folder, await expandPattern(folder));
  if (target instanceof Error) {
    const missing = target.code === 'ENOENT' || target.code === 'ENOTDIR';
    const problem = missing ? 'does not exist' : `cannot be read (${target.code})`;
    const code = missing ? 'NOT_FOUND' : 'NOT_READABLE';
    throw new CnnvizError(code, `the data folder ${folder} ${problem}`, { hint, cause: target });
  }
  throw new CnnvizError('BAD_DATASET', `expected a data folder, but ${folder} is a file`, { hint });
}

/** The archives of a folder that holds nothing else to look at. */
async function findArchives(folder: string): Promise<string[] | undefined> {
  const names = await readdir(folder).catch(() => []);
  const archives = names.filter((name) => name.endsWith('.tar') && !name.startsWith('.'));
  if (archives.length === 0 || (await new FolderProbe('disk').hasImages(folder))) return undefined;
  return archives.sort().map((name) => join(folder, name));
}

async function openArchives(folder: string, paths: readonly string[]): Promise<DataFolder> {
  const archives: Archive[] = [];
  for (const path of paths) archives.push(await openArchive(path));
  mountArchives(folder, new ArchiveFolder(placeInSplits(archives)));
  const leftOut = new LeftOutList();
  for (const { path, names, special } of archives) {
    const examples = special.examples.map((name) => join(path, name));
    if (special.count > 0) leftOut.merge([{ reason: 'special', count: special.count, examples }]);
    for (const name of names) if (ARCHIVE_NAME.test(name)) leftOut.add('archive', join(path, name));
  }
  return { folder, root: commonFolder(paths), leftOut: leftOut.toArray() };
}

/** `train-000.tar` beside `val-000.tar` are parts of two splits; any other archives are parts of one folder. */
function placeInSplits(archives: readonly Archive[]): PlacedArchive[] {
  const splits = archives.map(({ path }) => readSplitName(basename(path).replace(/\.tar$/i, ''))?.split);
  const isDivided = new Set(splits).size >= 2 && !splits.includes(undefined);
  return archives.map((archive, index) => ({ archive, folder: isDivided ? (splits[index] as string) : '' }));
}

function commonFolder(paths: readonly string[]): string {
  let common = dirname(paths[0] ?? sep);
  while (!paths.every((path) => path.startsWith(common.endsWith(sep) ? common : common + sep)))
    common = dirname(common);
  return common;
}
