// A resumed run: its checkpoint and its options.

import { basename, dirname, resolve } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { badArgument, CnnvizError } from '../../base/errors.js';
import type { OptionTable } from '../../options/option.js';
import { type Checkpoint, readCheckpoint } from '../../runs/checkpoint.js';
import type { DataList } from '../../runs/data-list.js';
import { findDataList } from '../../runs/find-data-list.js';
import { findModel, requireWholeRun } from '../../runs/find-model.js';
import { describeContent } from '../../runs/last-run.js';
import { LATEST } from '../../runs/latest.js';
import { type RunRecord, readRun, type SavedCheckpoint } from '../../runs/run.js';
import type { EventListener } from '../shared/events.js';
import { planEarlyStopping } from './callbacks.js';
import { TRAIN_OPTIONS, type TrainOptions } from './options.js';
import { isAsRecorded, readRecordedOptions } from './recorded-options.js';
import { resolveTrainOptions, type TrainSettings } from './settings.js';

/** A run and the checkpoint that it goes on from. */
export interface ResumedRun {
  /** as it was saved with the checkpoint */
  record: RunRecord;
  checkpoint: Checkpoint;
  /** the images that it was trained on */
  images: DataList;
}

/**
 * The run folder that `resume` means, links resolved.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function findRunFolder(path: string, onEvent: EventListener): Promise<string> {
  const { run } = await findModel(path, 'last', (message) => onEvent({ type: 'warning', message })).catch(
    async (error: unknown) => {
      if (!(error instanceof CnnvizError) || error.code !== 'NOT_FOUND' || basename(path) !== LATEST) throw error;
      const content = await describeContent(dirname(path));
      throw new CnnvizError('NOT_FOUND', `there is no run here to resume: ${content}`, {
        hint: 'Name one with --resume RUN, or start one with "cnnviz train --data DIR".',
        cause: error,
      });
    },
  );
  const advice = `It resumes from its newest checkpoint; to train on from this epoch, begin a new run: --from ${path}.`;
  return requireWholeRun(path, run, advice).folder;
}

/**
 * Reads a run with its newest checkpoint; the one before it if that is damaged, with a warning.
 *
 * @throws CnnvizError BAD_MODEL where there is no whole one
 */
export async function readResumedRun(folder: string, onEvent: EventListener): Promise<ResumedRun> {
  const record = await readRun(folder);
  let firstProblem: CnnvizError | undefined;
  for (const saved of record.checkpoints) {
    try {
      const checkpoint = await readCheckpoint(resolve(folder, saved.folder));
      if (checkpoint.runStartedAt !== record.startedAt || checkpoint.progress.step !== saved.step) {
        throw new CnnvizError('BAD_MODEL', `${resolve(folder, saved.folder)}: a checkpoint of another run`);
      }
      if (firstProblem !== undefined) {
        onEvent({ type: 'warning', message: `${firstProblem.message}; using the one before it` });
      }
      const images = checkpoint.data ?? (await findDataList(folder, record));
      if (images === undefined) throw new CnnvizError('BAD_MODEL', `${folder}: it has no list of its images`);
      return { record: rewindRecord(record, saved, checkpoint), checkpoint, images };
    } catch (error) {
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_MODEL') throw error;
      firstProblem ??= error;
    }
  }
  throw firstProblem ?? new CnnvizError('BAD_MODEL', `${folder}: it has no checkpoint to resume from`);
}

/** The record as it was when one of its checkpoints was the newest. */
function rewindRecord(record: RunRecord, saved: SavedCheckpoint, { progress }: Checkpoint): RunRecord {
  const { best, ...last } = saved;
  return {
    ...record,
    weights: { last, ...(best === undefined ? {} : { best }) },
    checkpoints: record.checkpoints.slice(record.checkpoints.indexOf(saved)),
    ...(record.kept && { kept: record.kept.filter(({ step }) => step <= saved.step) }),
    history: progress.history,
    epochSeconds: Array.from({ length: progress.epoch }, (_, index) => record.epochSeconds?.[index] ?? null),
  };
}

/**
 * The options of a resumed run: its own, except for those that may change. Others may be repeated.
 *
 * @throws CnnvizError BAD_ARGUMENT for an option that differs from the run's own
 */
export function resolveResumedOptions(
  options: TrainOptions,
  { record }: { record: Pick<RunRecord, 'options'> },
): TrainSettings {
  const { resume: _, restartable, overwrite, ...given } = options;
  const { config: __, ...others } = given;
  // A restart repeats the command that began the run, and the run has the options of that one.
  const rest = restartable ? others : given;
  if (overwrite) {
    const message = 'overwrite and resume cannot be combined: a resumed run continues in its own folder';
    throw new CnnvizError('BAD_ARGUMENT', message, { options: ['overwrite', 'resume'] });
  }
  for (const [name, value] of Object.entries(rest)) {
    if (value === undefined || isForThisCall(name)) continue;
    const own = record.options[name];
    if (isAsRecorded(name, value, own)) continue;
    const expected =
      own === undefined ? 'no value, as when the run was started' : `${own}, as when the run was started`;
    throw badArgument(name, expected, value, 'A run resumes with its own options; to change them, train a new run.');
  }
  const { from: ___, ...changes } = rest; // the run has its real path
  return resolveTrainOptions({ ...readRecordedOptions(record.options), ...changes });
}

/** Options that may change when a run resumes: none of them changes what an epoch computes, but for `scheduleEpochs` and, to rounding, `precision`. */
function isForThisCall(name: string): boolean {
  const table: OptionTable = TRAIN_OPTIONS;
  return name === 'onEvent' || name === 'signal' || table[name]?.resumable === true;
}

/** @throws CnnvizError RUN_FINISHED when no epoch is left */
export function requireEpochsLeft(
  settings: TrainSettings,
  { checkpoint: { progress } }: { checkpoint: Pick<Checkpoint, 'progress'> },
): void {
  const done = progress.epoch;
  if (settings.epochs > done) {
    if (!planEarlyStopping(settings)(progress.history)) return;
    throw new CnnvizError('RUN_FINISHED', `the run has already stopped early, after epoch ${done}`, {
      hint: 'Continue with --no-early-stopping or a larger patience.',
    });
  }
  throw new CnnvizError(
    'RUN_FINISHED',
    `the run already has ${formatAmount(done, 'epoch')} (asked for ${settings.epochs})`,
    {
      hint: `To train more, use --epochs ${done + 1} or higher.`,
    },
  );
}
