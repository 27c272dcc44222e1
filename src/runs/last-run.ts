// Finds the run that `latest` names, or the newest beside it.

import fs from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { findNearName } from '../base/near-name.js';
import { MODEL_FILE } from '../formats/tfjs/model-schema.js';
import { LATEST, RUNS_FOLDER, readLatest } from './latest.js';
import { RUN_FILE, type RunRecord, readRun } from './run.js';

/** Takes a sentence that the user should see. */
export type Warn = (message: string) => void;

/** Names that a message lists before it counts. */
const LISTED = 5;

/**
 * A path to a run or a model with `latest` followed: the run that was saved last, or, where that cannot be found, the
 * newest beside it, with a warning. Other paths stay as they are.
 *
 * @returns an absolute path
 * @throws CnnvizError NOT_FOUND when a `latest` leads nowhere and no run lies beside it
 */
export async function followLatest(path: string, warn: Warn = () => undefined): Promise<string> {
  const absolute = resolve(path);
  if (basename(absolute) === LATEST) return findLastRun(path, warn);
  // A file below it, as command lines have it that were written when it was a link.
  if (basename(dirname(absolute)) !== LATEST) return absolute;
  const folder = await readLatest(dirname(absolute));
  return folder === undefined ? absolute : join(folder, basename(absolute));
}

async function findLastRun(path: string, warn: Warn): Promise<string> {
  const place = resolve(path);
  const folder = await readLatest(place);
  if (folder !== undefined && (await holdsModel(folder))) return folder;
  const runs = await listRuns(dirname(place));
  const [newest, ...others] = runs;
  if (newest === undefined) {
    throw new CnnvizError('NOT_FOUND', `${path}: no such run: ${await describeContent(dirname(path))}`);
  }
  const reason = await explainLoss(path, folder);
  const more = others.length === 0 ? '' : ` (also there: ${listNames(others)})`;
  warn(`${reason}: using the newest run beside it, ${join(dirname(path), newest)}${more}`);
  return join(dirname(place), newest);
}

async function explainLoss(path: string, folder: string | undefined): Promise<string> {
  const place = resolve(path);
  if (folder === place) return `${path} is a folder without a run`;
  if (folder !== undefined) {
    const isThere = (await fs.stat(folder).catch(() => undefined)) !== undefined;
    return `${path} points to ${folder}, which ${isThere ? 'has no run' : 'does not exist'}`;
  }
  const isThere = (await fs.lstat(place).catch(() => undefined)) !== undefined;
  return `${path} ${isThere ? 'does not name a run' : 'does not exist'}`;
}

async function holdsModel(folder: string): Promise<boolean> {
  for (const name of [RUN_FILE, MODEL_FILE]) {
    if ((await fs.stat(join(folder, name)).catch(() => undefined)) !== undefined) return true;
  }
  return false;
}

/** The names of the runs in a folder that can be read, the newest first: by when training last began, as their records say. */
async function listRuns(folder: string): Promise<string[]> {
  const runs: { name: string; time: number }[] = [];
  for (const name of await fs.readdir(folder).catch(() => [])) {
    if (name === LATEST || name.startsWith('.')) continue;
    const record = await readRun(join(folder, name)).catch(() => undefined);
    if (record !== undefined) runs.push({ name, time: timeOf(record) });
  }
  return runs.sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1)).map(({ name }) => name);
}

function timeOf({ startedAt, resumptions }: RunRecord): number {
  return Date.parse(resumptions.at(-1)?.at ?? startedAt) || 0;
}

/** What is in a folder where a run was looked for. */
export async function describeContent(folder: string): Promise<string> {
  const runs = await listRuns(resolve(folder));
  if (runs.length > 0) return `${folder} has the runs ${listNames(runs)}`;
  const names = await fs.readdir(resolve(folder)).catch(() => undefined);
  if (names === undefined) return `${folder} does not exist here`;
  const seen = names.filter((name) => !name.startsWith('.'));
  return seen.length === 0 ? `${folder} is empty` : `${folder} has no saved run, only ${listNames(seen)}`;
}

/** Which run may be meant by a path where none is, and which there are: beside it, and where runs are kept by default. */
export async function suggestRuns(path: string): Promise<string | undefined> {
  const wanted = basename(path);
  const folders = new Set([dirname(path), RUNS_FOLDER]);
  const found = await Promise.all(
    Array.from(folders, async (folder) => (await listRuns(resolve(folder))).map((name) => join(folder, name))),
  );
  const runs = found.flat();
  if (runs.length === 0) return undefined;
  const names = runs.map((run) => basename(run));
  const near = names.find((name) => name.startsWith(wanted)) ?? findNearName(wanted, names);
  const suggestion = near === undefined ? '' : `Did you mean ${runs[names.indexOf(near)]}? `;
  return `${suggestion}Runs here: ${listNames(runs)}.`;
}

function listNames(names: readonly string[]): string {
  const more = names.length - LISTED;
  return more > 0 ? `${names.slice(0, LISTED).join(', ')} and ${more} more` : names.join(', ');
}
