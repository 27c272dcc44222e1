// What a run records: the content of run.json.

import { join } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import type { Preprocessing } from '../dataset/decode/preprocessing.js';
import type { DataFindings } from '../dataset/examine/findings.js';
import type { BadFile } from '../dataset/stream/batch.js';
import { readJson } from '../disk/read-file.js';
import { checkContent, checkFormat } from '../disk/schema.js';
import type { Precision } from '../engines/contract/precision.js';
import type { ModelDescription } from '../network/description.js';
import type { History } from './history.js';
import type { Monitor } from './monitor.js';
import { runSchema } from './run-schema.js';

/** The file that makes a folder a run. */
export const RUN_FILE = 'run.json';
const FORMAT = 'cnnviz-run';
const FORMAT_VERSION = 1;

/** Which weights of a run: the last epoch's, or the best one's (the last where epochs were not compared). */
export type WeightsChoice = 'last' | 'best';

/** Weights on disk and when they were taken. */
export interface SavedWeights {
  /** name of a sub-folder of the run with model.json and weights.bin */
  folder: string;
  /** whole epochs done */
  epoch: number;
  /** training steps done, of all epochs */
  step: number;
}

/** Those of the epoch with the best monitored metric, the first one in case of a tie. */
export interface BestWeights extends SavedWeights {
  monitor: Monitor;
  value: number;
}

/** Weights that training can go on from; the rest of what that takes lies in their folder. */
export interface SavedCheckpoint extends SavedWeights {
  /** the best weights at that moment */
  best?: BestWeights;
}

/** Training that went on from a checkpoint in another process. */
export interface Resumption {
  /** ISO 8601 */
  at: string;
  /** of the checkpoint: training steps done, of all epochs */
  step: number;
  /** why the run may not be bit for bit the one that was never stopped; empty: it is */
  differences: string[];
}

/** Everything about a run but the weights: the content of run.json. */
export interface RunRecord {
  format: string;
  formatVersion: number;
  /** ISO 8601 */
  startedAt: string;
  /** diverged: training reached NaN or infinity after the last save */
  status: 'running' | 'finished' | 'interrupted' | 'diverged';
  classNames: string[];
  preprocessing: Preprocessing;
  /** every option in force, by its name in `TrainOptions` */
  options: Record<string, unknown>;
  seed: number;
  /** images in each part of the data */
  counts: { train: number; validation: number };
  /** usable images of each class, in the order of `classNames` */
  classCounts?: { train: number[]; validation: number[] };
  /** what lies in the data folder and is not used, by reason; examples: names within that folder */
  leftOut?: { reason: string; count: number; examples: string[] }[];
  model: ModelDescription;
  weights: { last: SavedWeights; best?: BestWeights };
  /** newest first */
  checkpoints: SavedCheckpoint[];
  /** every Nth epoch's, where they are kept: to look at, oldest first */
  kept?: SavedWeights[];
  resumptions: Resumption[];
  /** name of the file with the run's images; earlier versions kept them in every checkpoint */
  dataList?: string;
  /** what its probe images looked like in every layer after each epoch: a folder of the run, and the images' names */
  film?: { folder: string; images: string[] };
  history: History;
  /** wall time of each whole epoch; of one that was stopped, since it went on; null where that is not known */
  epochSeconds?: (number | null)[];
  /** files that were skipped */
  badFiles: BadFile[];
  /** what was found in the images of the first epoch; absent where that was not looked for */
  check?: DataFindings;
  backend: { name: string; version: string; threads: number };
  engine: 'graph' | 'layers';
  /** of convolutions and pooling, in training and validation */
  precision: Precision;
  versions: { cnnviz: string; node: string; tfjs: string };
}

/** A run but for which weights it holds: saving adds those. */
export type RunState = Omit<RunRecord, 'weights' | 'checkpoints' | 'kept' | 'dataList'>;

/** All weights that a run has: its last ones, its best ones, those of its checkpoints, and those that are kept. */
export function listSaved({ weights, checkpoints, kept = [] }: RunRecord): SavedWeights[] {
  const bests = checkpoints.flatMap(({ best }) => best ?? []);
  return [weights.last, ...(weights.best ? [weights.best] : []), ...checkpoints, ...bests, ...kept];
}

/** Whether weights are those of an epoch's end, not of a stop in the middle of the next one. */
export function endsEpoch({ epoch, step }: SavedWeights, { options, counts }: RunRecord): boolean {
  const { stepsPerEpoch, batchSize } = options;
  const steps = stepsPerEpoch ?? (typeof batchSize === 'number' ? Math.ceil(counts.train / batchSize) : undefined);
  return typeof steps !== 'number' || step === epoch * steps;
}

export function startRun(fields: Omit<RunState, 'format' | 'formatVersion'>): RunState {
  return { format: FORMAT, formatVersion: FORMAT_VERSION, ...fields };
}

/** @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL */
export async function readRun(folder: string): Promise<RunRecord> {
  const path = join(folder, RUN_FILE);
  const refuse = (reason: string, cause?: unknown) =>
    new CnnvizError('BAD_MODEL', `${path}: ${reason}`, cause === undefined ? {} : { cause });
  const content = await readJson(path, refuse);
  checkFormat(content, { format: FORMAT, version: FORMAT_VERSION, expected: 'the run.json of a run' }, refuse);
  return checkContent(runSchema, content, refuse);
}
