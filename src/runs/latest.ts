// The small text file that names the latest run.

import fs from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { makeFolder, writeFileAtomically } from '../disk/files.js';

/** Where runs go by default, below the working folder. */
export const RUNS_FOLDER = 'runs';
/**
 * The name of the small text file beside runs that names the run which was saved last. It works on every file system: some
 * have no symbolic links, and Windows cannot rename a junction onto another. Runs of earlier versions have a link there, or,
 * once copied, a folder.
 */
export const LATEST = 'latest';
/** Bytes; no path is longer. */
const LONGEST_PATH = 4096;

/**
 * Makes runs/latest lead to a run, wherever that lies. Never fails: a run is more than a way to find it.
 *
 * @param folder the run's, absolute
 * @returns what the user should know; undefined: nothing
 */
export async function pointLatest(folder: string): Promise<string | undefined> {
  const runs = resolve(RUNS_FOLDER);
  const place = join(runs, LATEST);
  if (folder === place) return undefined; // a run of this very name
  const path = relative(process.cwd(), folder).split(sep)[0] === '..' ? folder : relative(runs, folder);
  const content = `${path === folder ? path : path.split(sep).join('/')}\n`;
  try {
    if ((await readText(place)) === content) return undefined;
    await makeFolder(runs);
    return await replaceLatest(place, content);
  } catch (error) {
    return `the run is saved, but commands will find it only with --model: ${(error as Error).message}`;
  }
}

/** @returns what became of a folder in the way */
async function replaceLatest(place: string, content: string): Promise<string | undefined> {
  const status = await fs.lstat(place).catch(() => undefined);
  if (status?.isDirectory()) {
    const aside = await moveAside(place);
    await writeFileAtomically(place, content);
    return `${join(RUNS_FOLDER, LATEST)} was a folder; it was renamed to ${join(RUNS_FOLDER, aside)}, since ${LATEST} now names the latest run`;
  }
  try {
    await writeFileAtomically(place, content);
  } catch (error) {
    if (!status?.isSymbolicLink()) throw error;
    await fs.unlink(place); // Windows renames nothing onto a link to a folder
    await writeFileAtomically(place, content);
  }
  return undefined;
}

/** It can be the only copy of a run. */
async function moveAside(folder: string): Promise<string> {
  for (let number = 1; ; number++) {
    const aside = `${folder}-${number}`;
    if ((await fs.lstat(aside).catch(() => undefined)) !== undefined) continue;
    await fs.rename(folder, aside);
    return basename(aside);
  }
}

/**
 * The folder that a `latest` leads to, whether or not it is there; undefined where there is no such thing, or a file that
 * holds something else.
 *
 * @param place absolute
 */
export async function readLatest(place: string): Promise<string | undefined> {
  const status = await fs.lstat(place).catch(() => undefined);
  if (status?.isDirectory()) return place;
  if (status?.isSymbolicLink()) {
    const target = await fs.readlink(place).catch(() => undefined);
    return target === undefined ? undefined : resolve(dirname(place), target);
  }
  const path = (await readText(place))?.replace(/\r?\n$/, '');
  if (path === undefined || path === '' || /[\0\r\n]/.test(path)) return undefined;
  return isAbsolute(path) ? path : resolve(dirname(place), path);
}

async function readText(place: string): Promise<string | undefined> {
  const status = await fs.lstat(place).catch(() => undefined);
  if (!status?.isFile() || status.size > LONGEST_PATH) return undefined;
  return fs.readFile(place, 'utf8').catch(() => undefined);
}
