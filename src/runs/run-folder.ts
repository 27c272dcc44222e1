// Where runs are stored, and who writes one.

import fs from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { badArgument, CnnvizError } from '../base/errors.js';
import { explainWriteFailure, listFolder, makeFolder } from '../disk/files.js';
import { explainReadFailure } from '../disk/read-file.js';
import { isTemporary, sweepLeftovers, temporaryName } from '../disk/temporary-names.js';
import { DATA_LIST_FILE } from './data-list.js';
import { LATEST, RUNS_FOLDER } from './latest.js';
import { RUN_FILE } from './run.js';
import {
  isAbandoned,
  LOCK_FILE,
  lockRun,
  moveRunLock,
  type RunLockOptions,
  requireUnlocked,
  unlockRun,
} from './run-lock.js';
import { FILM_FOLDER, WEIGHTS_FOLDER } from './run-schema.js';

/** Where a run keeps what other programs follow its training by. */
export const LOGS_FOLDER = 'logs';

/**
 * Makes the folder for a new run, `out` or runs/<date-time>, and locks it until `releaseRunFolder`. The run is there with
 * the first save.
 *
 * @param out a new or empty folder, or, with `overwrite`, a run, which the first save replaces
 * @returns the absolute path
 * @throws CnnvizError BAD_ARGUMENT, NOT_WRITABLE (also while another process trains there), DISK_FULL
 */
export async function claimRunFolder(
  out: string | undefined,
  now: Date,
  { overwrite = false, ...lockOptions }: RunLockOptions & { overwrite?: boolean } = {},
): Promise<string> {
  if (out === undefined) return claimNewFolder(join(resolve(RUNS_FOLDER), formatTime(now)));
  const folder = resolve(out);
  await checkRunFolder(out, overwrite);
  await makeFolder(folder);
  await sweepUnsavedRun(folder);
  await lockRun(folder, lockOptions);
  // Who had to wait for the lock may find the run of whom it waited for.
  await requireReplaceable(out, await listFolder(folder), overwrite).catch(async (error) => {
    await unlockRun(folder);
    throw error;
  });
  return folder;
}

/**
 * Checks, before anything slow, that a new run may be kept in a folder: it is new or empty, holds what a killed training left
 * that saved nothing, or, with `overwrite`, a run. Changes nothing.
 *
 * @throws CnnvizError BAD_ARGUMENT, NOT_READABLE, NOT_WRITABLE while another process trains there
 */
export async function checkRunFolder(out: string, overwrite: boolean): Promise<void> {
  const folder = resolve(out);
  if (folder === join(resolve(RUNS_FOLDER), LATEST)) {
    throw badArgument('out', 'a folder other than the file that names the latest run', out);
  }
  const content = await listPresent(folder, out);
  if (content === undefined) return;
  await requireUnlocked(folder);
  await requireReplaceable(out, content, overwrite);
  if (content.includes(RUN_FILE)) return;
  if (content.length === 0 || (content.every(isOfUnsavedRun) && (await isAbandoned(folder)))) return;
  throw badArgument('out', 'a new or empty folder', out);
}

/** What is in a folder; undefined where there is none yet. @throws CnnvizError NOT_WRITABLE where a file is in the way */
async function listPresent(folder: string, out: string): Promise<string[] | undefined> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw code === 'ENOTDIR' ? explainWriteFailure(error, out) : explainReadFailure(error, folder);
  }
}

async function requireReplaceable(out: string, content: readonly string[], overwrite: boolean): Promise<void> {
  if (overwrite || !content.includes(RUN_FILE)) return;
  throw new CnnvizError('NOT_WRITABLE', `${out}: this folder already has a run`, {
    hint: `Choose another folder, continue the run with --resume ${out}, or replace it with --overwrite.`,
  });
}

/** Unlocks a run's folder, and removes it if nothing was saved in it. */
export async function releaseRunFolder(folder: string): Promise<void> {
  await unlockRun(folder);
  await fs.rmdir(folder).catch(() => undefined);
}

/**
 * Two runs can start in the same second: each gets a folder of its own. It is locked before it has its name, so that
 * nobody takes it for one whose process has died.
 */
async function claimNewFolder(path: string): Promise<string> {
  const runs = dirname(path);
  await makeFolder(runs);
  await sweepRuns(runs);
  const staging = temporaryName(path);
  await makeFolder(staging);
  await lockRun(staging);
  for (let copy = 1; ; copy++) {
    const candidate = copy === 1 ? path : `${path}-${copy}`;
    try {
      await fs.rename(staging, candidate);
      moveRunLock(staging, candidate);
      return candidate;
    } catch (error) {
      const isTaken = (await fs.stat(candidate).catch(() => undefined)) !== undefined;
      if (isTaken) continue;
      await unlockRun(staging);
      await fs.rm(staging, { recursive: true, force: true });
      throw explainWriteFailure(error, candidate);
    }
  }
}

/** Removes what processes left behind that died before their run's first save was done. */
async function sweepRuns(runs: string): Promise<void> {
  await sweepLeftovers(runs);
  for (const name of await listFolder(runs)) {
    if (!TIME_NAME.test(name)) continue;
    await sweepUnsavedRun(join(runs, name));
    await fs.rmdir(join(runs, name)).catch(() => undefined); // it is not empty, or just now somebody else's
  }
}

/**
 * Empties a folder that a dead process was to save its first epoch in; anything else stays as it is. It takes the dead one's
 * lock for that: another process may be about to train there.
 */
async function sweepUnsavedRun(folder: string): Promise<void> {
  if (!(await isAbandoned(folder)) || !(await listFolder(folder)).every(isOfUnsavedRun)) return;
  try {
    await lockRun(folder);
  } catch {
    return; // another process was faster
  }
  try {
    if (!(await listFolder(folder)).every(isOfUnsavedRun)) return;
    await sweepLeftovers(folder);
    for (const name of await listFolder(folder)) {
      if (name === LOCK_FILE || isTemporary(name)) continue; // a leftover that is there still is a living process's
      await fs.rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
    }
  } finally {
    await unlockRun(folder); // last: it shows the next sweep that all this may go
  }
}

function isOfUnsavedRun(name: string): boolean {
  const patterns = [WEIGHTS_FOLDER, DATA_LIST_FILE, FILM_FOLDER];
  return [LOCK_FILE, LOGS_FOLDER].includes(name) || isTemporary(name) || patterns.some((pattern) => pattern.test(name));
}

/** The names that `formatTime` gives, and those of further runs of the same second. */
const TIME_NAME = /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(-\d+)?$/;

/** Local time as a name that sorts by age and is allowed everywhere: 2026-11-23_19-13-00. */
function formatTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date}_${[two(time.getHours()), two(time.getMinutes()), two(time.getSeconds())].join('-')}`;
}
