import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { findInside } from '../disk/read-file.js';
import { MODEL_FILE } from '../formats/tfjs/model-schema.js';
import { followLatest, suggestRuns, type Warn } from './last-run.js';
import { listSaved, RUN_FILE, type RunRecord, readRun, type SavedWeights, type WeightsChoice } from './run.js';

/** A trained network on disk, located but not loaded. */
export interface FoundModel {
  /** absolute path of the model.json to load */
  modelPath: string;
  /** absent for a model that is not part of a run */
  run?: FoundRun;
}

export interface FoundRun {
  /** absolute path of the run folder, links resolved */
  folder: string;
  record: RunRecord;
  kind: WeightsChoice;
  weights: SavedWeights;
  /** the folder of these weights was named, not the run's */
  isPart?: true;
}

/**
 * Locates the network in a run folder, or takes a tfjs layers model: its model.json, or the folder with it. `latest` in a
 * folder of runs stands for the run that was saved last, and `RUN@12` for a run after its epoch 12.
 *
 * @param weights default: those that the run was made for
 * @param warn gets a sentence if another run is used because `latest` is broken
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function findModel(path: string, weights?: WeightsChoice, warn?: Warn): Promise<FoundModel> {
  const [, run, epoch] = /^(.+)@(\d{1,6})$/.exec(path) ?? [];
  if (run !== undefined && !(await exists(path))) return findEpoch(run, Number(epoch), warn);
  // Where runs/latest leads to now is what results have to name: tomorrow it leads elsewhere.
  const followed = await followLatest(path, warn);
  const absolute = await realpath(followed).catch(() => followed);
  const status = await stat(absolute).catch(() => undefined);
  if (status === undefined) throw await missing(path);
  if (!status.isDirectory()) {
    if (basename(absolute) === RUN_FILE) return findInRun(dirname(absolute), weights);
    return { modelPath: absolute, ...(await findAround(absolute)) };
  }
  if (await exists(join(absolute, RUN_FILE))) return findInRun(absolute, weights);
  const modelPath = join(absolute, MODEL_FILE);
  if (await exists(modelPath)) return { modelPath, ...(await findAround(modelPath)) };
  return { modelPath: absolute };
}

/** A run after one of the epochs whose weights it still has. @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL */
async function findEpoch(path: string, epoch: number, warn?: Warn): Promise<FoundModel> {
  const { run } = await findModel(path, 'last', warn);
  const { folder, record } = requireWholeRun(path, run);
  const saved = listSaved(record);
  const weights = saved.find((each) => each.epoch === epoch);
  if (weights === undefined) {
    const epochs = [...new Set(saved.map((each) => each.epoch))].sort((a, b) => a - b);
    throw new CnnvizError('NOT_FOUND', `${path}@${epoch}: the run no longer has the weights of epoch ${epoch}`, {
      hint: `It has those of ${epochs.map((each) => `${path}@${each}`).join(', ')}. "cnnviz train --keep-epochs N" keeps those of every Nth epoch.`,
    });
  }
  await requireInside(folder, join(weights.folder, MODEL_FILE));
  const kind = weights.folder === record.weights.best?.folder ? 'best' : 'last';
  return { modelPath: join(folder, weights.folder, MODEL_FILE), run: { folder, record, kind, weights } };
}

/** The run that was named as a whole, as it takes one to train on. @throws CnnvizError BAD_MODEL */
export function requireWholeRun(path: string, run: FoundRun | undefined): FoundRun {
  if (run !== undefined && !run.isPart) return run;
  const found = run === undefined ? 'a model without a run' : 'a part of one';
  throw new CnnvizError('BAD_MODEL', `${path}: expected a run folder, found ${found}`, {
    ...(run !== undefined && { hint: `Name the run itself, ${dirname(path)}.` }),
  });
}

async function findInRun(folder: string, asked: WeightsChoice | undefined): Promise<FoundModel> {
  const record = await readRun(folder);
  const choice = asked ?? (record.options.defaultWeights === 'last' ? 'last' : 'best');
  const { last, best } = record.weights;
  const [kind, weights] =
    choice === 'best' && best !== undefined ? (['best', best] as const) : (['last', last] as const);
  await requireInside(folder, join(weights.folder, MODEL_FILE));
  return { modelPath: join(folder, weights.folder, MODEL_FILE), run: { folder, record, kind, weights } };
}

/** The run whose folder holds a model's: without it, nobody knows what its classes are called. */
async function findAround(modelPath: string): Promise<{ run?: FoundRun }> {
  const place = dirname(modelPath);
  const folder = dirname(place);
  const record = await readRun(folder).catch(() => undefined);
  const { last, best } = record?.weights ?? {};
  const kind = basename(place) === best?.folder ? 'best' : 'last';
  const weights = kind === 'best' ? best : last;
  if (record === undefined || basename(modelPath) !== MODEL_FILE || basename(place) !== weights?.folder) return {};
  return { run: { folder, record, kind, weights, isPart: true } };
}

async function missing(path: string): Promise<CnnvizError> {
  const hint = await suggestRuns(path);
  return new CnnvizError('NOT_FOUND', `${path}: no such run folder or model file`, {
    ...(hint !== undefined && { hint }),
  });
}

/** @throws CnnvizError BAD_MODEL where links lead out of a run's folder; what is not there is for its reader to say */
async function requireInside(folder: string, name: string): Promise<void> {
  const path = await findInside(folder, name).catch(() => name);
  if (path === undefined) {
    throw new CnnvizError(
      'BAD_MODEL',
      `${join(folder, name)}: expected a file of the run, found one outside its folder`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
