import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { formatAmount } from '../base/counts.js';
import { CnnvizError } from '../base/errors.js';
import { findInside } from '../disk/read-file.js';
import { MODEL_FILE } from '../formats/tfjs/model-schema.js';
import { followLatest, suggestRuns, type Warn } from './last-run.js';
import {
  endsEpoch,
  listSaved,
  RUN_FILE,
  type RunRecord,
  readRun,
  type SavedWeights,
  type WeightsChoice,
} from './run.js';

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
  /** absent where they are neither the last nor the best ones */
  kind?: WeightsChoice;
  weights: SavedWeights;
  /** the folder of these weights was named, not the run's */
  isPart?: true;
  /** one of its epochs was named, as in `RUN@12` */
  isEpoch?: true;
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
  const named = splitEpoch(path);
  if (named !== undefined && !(await exists(path))) return findEpoch(named.run, named.epoch, warn);
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

/** `RUN@12`; undefined where no epoch is named. */
export function splitEpoch(path: string): { run: string; epoch: number } | undefined {
  const [, run, epoch] = /^(.+)@(\d{1,6})$/.exec(path) ?? [];
  return run === undefined ? undefined : { run, epoch: Number(epoch) };
}

/** A run after one of the epochs whose weights it still has. @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL */
async function findEpoch(path: string, epoch: number, warn?: Warn): Promise<FoundModel> {
  const { run } = await findModel(path, 'last', warn);
  const { folder, record } = requireWholeRun(path, run);
  const weights = listSaved(record).find((each) => each.epoch === epoch && endsEpoch(each, record));
  if (weights === undefined) throw withoutEpoch(path, epoch, record);
  await requireInside(folder, join(weights.folder, MODEL_FILE));
  const modelPath = join(folder, weights.folder, MODEL_FILE);
  const kind = (['best', 'last'] as const).find((each) => record.weights[each]?.folder === weights.folder);
  return { modelPath, run: { folder, record, ...(kind && { kind }), weights, isEpoch: true } };
}

/** Why the weights of an epoch are not there, and which are. */
function withoutEpoch(path: string, epoch: number, record: RunRecord): CnnvizError {
  const saved = listSaved(record);
  const { last } = record.weights;
  const part = saved.find((each) => each.epoch === epoch);
  const reason =
    epoch > last.epoch
      ? `the run has only ${formatAmount(last.epoch, 'epoch')}`
      : part === undefined
        ? `the run no longer has the weights of epoch ${epoch}`
        : `the run does not have the weights of epoch ${epoch}, only some from the middle of epoch ${epoch + 1} (step ${part.step})`;
  const ends = saved.filter((each) => endsEpoch(each, record)).map((each) => each.epoch);
  const names = [...new Set(ends)].sort((a, b) => a - b).map((each) => `${path}@${each}`);
  const known = names.length === 0 ? `Name the run itself, ${path}.` : `It has those of ${names.join(', ')}.`;
  return new CnnvizError('NOT_FOUND', `${path}@${epoch}: ${reason}`, {
    hint: `${known} "cnnviz train --keep-epochs N" keeps those of every Nth epoch.`,
  });
}

/**
 * The run that was named as a whole, as it takes one to train on.
 *
 * @param advice what to do where one of its epochs was named
 * @throws CnnvizError BAD_MODEL, BAD_ARGUMENT for one of its epochs
 */
export function requireWholeRun(path: string, run: FoundRun | undefined, advice = ''): FoundRun {
  if (run?.isEpoch) {
    const whole = splitEpoch(path)?.run ?? run.folder;
    throw new CnnvizError('BAD_ARGUMENT', `${path}: expected a whole run, found one of its epochs`, {
      hint: `Name the run itself, ${whole}.${advice && ` ${advice}`}`,
    });
  }
  if (run !== undefined && !run.isPart) return run;
  const found = run === undefined ? 'a model without a run' : 'a part of one';
  throw new CnnvizError('BAD_MODEL', `${path}: expected a run folder, found ${found}`, {
    ...(run !== undefined && { hint: `Name the run itself, ${dirname(path)}.` }),
  });
}

async function findInRun(folder: string, asked: WeightsChoice | undefined): Promise<FoundModel> {
  const record = await readRun(folder);
  const { kind, weights } = chooseWeights(record, asked);
  await requireInside(folder, join(weights.folder, MODEL_FILE));
  return { modelPath: join(folder, weights.folder, MODEL_FILE), run: { folder, record, kind, weights } };
}

/** @param asked default: those that the run was made for */
export function chooseWeights(
  { options, weights: { last, best } }: RunRecord,
  asked?: WeightsChoice,
): { kind: WeightsChoice; weights: SavedWeights } {
  const choice = asked ?? (options.defaultWeights === 'last' ? 'last' : 'best');
  return choice === 'best' && best !== undefined ? { kind: 'best', weights: best } : { kind: 'last', weights: last };
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
