// Which run is to be watched: it may have saved nothing yet.

import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { findModel, requireWholeRun } from '../../runs/find-model.js';
import type { Warn } from '../../runs/last-run.js';
import { LATEST } from '../../runs/latest.js';
import { RUN_FILE } from '../../runs/run.js';
import { isTrained } from '../../runs/run-lock.js';

/**
 * The folder of a run, absolute. Of `latest` one that is being trained for its first epoch comes first: nothing names it yet.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL; BAD_ARGUMENT for one epoch of a run
 */
export async function findServedRun(path: string, warn: Warn): Promise<string> {
  const place = resolve(path);
  const begun = basename(place) === LATEST ? await findBegun(dirname(place)) : (await isTrained(place)) && place;
  if (begun) return begun;
  const { run } = await findModel(path, 'last', warn);
  return requireWholeRun(path, run).folder;
}

/** The newest run in a folder whose first epoch is under way. Their names may be anything. */
async function findBegun(runs: string): Promise<string | undefined> {
  const names = (await readdir(runs).catch(() => [])).filter((name) => !name.startsWith('.')).sort();
  let newest: { folder: string; madeAt: number } | undefined;
  for (const folder of names.map((name) => join(runs, name))) {
    const isSaved = (await stat(join(folder, RUN_FILE)).catch(() => undefined)) !== undefined;
    if (isSaved || !(await isTrained(folder))) continue;
    const { birthtimeMs: madeAt } = await stat(folder);
    if (newest === undefined || madeAt >= newest.madeAt) newest = { folder, madeAt };
  }
  return newest?.folder;
}
