// Cleans up a run folder, after a save and before a run resumes.

import fs from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../disk/files.js';
import { sweepLeftovers } from '../disk/temporary-names.js';
import { DATA_LIST_FILE } from './data-list.js';
import { encodeHistory, HISTORY_FILES } from './history-files.js';
import { listSaved, type RunRecord } from './run.js';
import { FILM_FOLDER, WEIGHTS_FOLDER } from './run-schema.js';

/**
 * Mends what a death in the middle of a save left behind: files for other programs that do not say what the run does, and
 * everything that run.json does not name.
 *
 * @throws CnnvizError DISK_FULL, NOT_WRITABLE
 */
export async function repairRun(folder: string, record: RunRecord): Promise<void> {
  await sweepRun(folder, record);
  const files = encodeHistory(record.history, record.epochSeconds ?? []);
  for (const name of HISTORY_FILES) {
    const present = await fs.readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (present !== files[name]) await writeFileAtomically(join(folder, name), files[name]);
  }
}

/** What each save may make another of. */
const SAVED_NAMES = [WEIGHTS_FOLDER, DATA_LIST_FILE, FILM_FOLDER];

/** Removes the weights, lists and films that run.json does not name: older ones, and those of a save that was killed. */
export async function sweepRun(folder: string, record: RunRecord): Promise<void> {
  const { dataList, film } = record;
  const named = new Set([dataList, film?.folder, ...listSaved(record).map((saved) => saved.folder)]);
  for (const name of await fs.readdir(folder)) {
    if (!SAVED_NAMES.some((pattern) => pattern.test(name)) || named.has(name)) continue;
    await fs.rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined); // no harm if they stay
  }
  await sweepLeftovers(folder);
}
