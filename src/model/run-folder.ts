import fs from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { badArgument } from '../errors.js';
import { linkAtomically, listFolder, makeFolder, sweepLeftovers } from '../files.js';
import { RUN_FILE } from './run.js';

/** Where runs go unless told otherwise, below the working folder. */
const RUNS_FOLDER = 'runs';
const LATEST = 'latest';

/**
 * Makes the folder for a new run: `out`, or runs/<date-time>. It stays empty until the first save.
 *
 * @param out a new or empty folder, or a run, which the first save replaces
 * @returns the absolute path
 * @throws CnnvizError BAD_ARGUMENT, NOT_WRITABLE, DISK_FULL
 */
export async function claimRunFolder(out: string | undefined, now: Date): Promise<string> {
  if (out === undefined) return claimNewFolder(join(resolve(RUNS_FOLDER), formatTime(now)));
  const folder = resolve(out);
  await makeFolder(folder);
  const content = await listFolder(folder);
  if (content.length > 0 && !content.includes(RUN_FILE)) {
    throw badArgument('out', 'a new or empty folder, or a run to replace', out);
  }
  return folder;
}

/** Lets runs/latest lead to this run, if it is one of those in runs/. */
export async function pointLatest(folder: string): Promise<void> {
  if (dirname(folder) !== resolve(RUNS_FOLDER)) return;
  await linkAtomically(join(dirname(folder), LATEST), basename(folder));
}

/** Removes a run's folder if nothing was saved in it. */
export async function releaseRunFolder(folder: string): Promise<void> {
  await fs.rmdir(folder).catch(() => undefined);
}

/** Two runs can start in the same second: each gets a folder of its own. */
async function claimNewFolder(path: string): Promise<string> {
  await makeFolder(dirname(path));
  await sweepLeftovers(dirname(path));
  for (let copy = 1; ; copy++) {
    const candidate = copy === 1 ? path : `${path}-${copy}`;
    const made = await fs.mkdir(candidate).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'EEXIST' && makeFolder(candidate).then(() => true),
    );
    if (made) return candidate;
  }
}

/** Local time as a name that sorts by age and is allowed everywhere: 2026-11-23_19-13-00. */
function formatTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date}_${[two(time.getHours()), two(time.getMinutes()), two(time.getSeconds())].join('-')}`;
}
