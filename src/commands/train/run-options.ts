// Options that come from another run: to repeat it, or to start from its weights.

import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { requireText } from '../../base/arguments.js';
import { badArgument, CnnvizError } from '../../base/errors.js';
import type { Option } from '../../options/option.js';
import { type FoundRun, findModel, requireWholeRun, splitEpoch } from '../../runs/find-model.js';
import { followLatest, type Warn } from '../../runs/last-run.js';
import { RUN_FILE, readRun } from '../../runs/run.js';
import { TRAIN_OPTIONS, type TrainOptions } from './options.js';
import { readRecordedOptions } from './recorded-options.js';

/** The network of a run and how images become its input: what training takes over if it starts from its weights. */
const NETWORK_OPTIONS = Object.entries<Option>(TRAIN_OPTIONS)
  .filter(([, { network }]) => network)
  .map(([name]) => name);

/** A run's network to start from. */
export type StartingPoint = FoundRun & { modelPath: string };

/**
 * The given options, completed by those of the runs that they name: `config` provides all others, `from` the network.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL; BAD_ARGUMENT for a recipe together with `config`
 */
export async function completeOptions(
  options: TrainOptions,
): Promise<{ options: TrainOptions; start: StartingPoint | undefined }> {
  const { onEvent } = options;
  const warn = (message: string) => onEvent?.({ type: 'warning', message });
  const repeated = options.config === undefined ? options : await repeatRun(options.config, options, warn);
  if (repeated.from === undefined) return { options: repeated, start: undefined };
  const start = await findStart(repeated.from, warn);
  if (start.record.options.base !== undefined && start.record.options.base !== null) {
    throw new CnnvizError('BAD_ARGUMENT', `from: ${repeated.from} was trained on a base, with that one's network`, {
      options: ['from'],
      hint: `Use it as a base itself: --base ${repeated.from}.`,
    });
  }
  const { imageSize: _, ...network } = pick(readRecordedOptions(start.record.options), NETWORK_OPTIONS);
  const { height: imageSize, interpolation, autoOrient } = start.record.preprocessing;
  const own = { ...network, imageSize, interpolation, autoOrient };
  return { options: { ...own, ...dropUndefined(repeated), from: nameStart(start) }, start };
}

/** @param path of a run.json, or of the run folder with it */
async function repeatRun(path: string, asked: TrainOptions, warn: Warn): Promise<TrainOptions> {
  requireText('config', path, 'a run, or its run.json');
  if (asked.recipe !== undefined) {
    const message = 'recipe and config cannot be combined: a configuration has all options';
    throw new CnnvizError('BAD_ARGUMENT', message, { options: ['recipe', 'config'] });
  }
  const place = await followLatest(path, warn);
  const status = await stat(place).catch(() => undefined);
  if (status === undefined) throw await withoutRun(path);
  if (!status.isDirectory() && basename(path) !== RUN_FILE) {
    throw badArgument('config', `a run folder, or the ${RUN_FILE} in it`, path);
  }
  const { options, precision: trainedIn } = await readRun(status.isDirectory() ? place : dirname(place));
  const { out: _, resume: __, overwrite: ___, ...own } = readRecordedOptions(options);
  const { config: ____, backend = 'auto', precision = 'auto', ...given } = dropUndefined(asked);
  // "auto" is what the command line has for no choice at all. The precision that it chose for the run is repeated with it.
  const isNative = backend === 'auto' || backend === 'native';
  const chosen = {
    ...(backend === 'auto' ? {} : { backend }),
    precision: precision === 'auto' && isNative ? trainedIn : precision,
  };
  return { ...forgetDerived(own, given), ...given, ...chosen };
}

async function withoutRun(path: string): Promise<CnnvizError> {
  const run = splitEpoch(path)?.run;
  if (run === undefined || (await stat(run).catch(() => undefined)) === undefined) {
    return new CnnvizError('NOT_FOUND', `${path}: no such run.json or run folder`);
  }
  return new CnnvizError('BAD_ARGUMENT', `config: expected a whole run, ${path} is one of its epochs`, {
    options: ['config'],
    hint: `Every epoch of a run has the same options: name the run itself, ${run}. --from ${path} starts from the weights.`,
  });
}

/** Values derived from options that change are derived again. */
function forgetDerived(own: TrainOptions, given: TrainOptions): TrainOptions {
  const { scheduleEpochs, weightDecay, ...rest } = own;
  const keepsSchedule = given.epochs === undefined || scheduleEpochs !== own.epochs;
  return {
    ...rest,
    ...(keepsSchedule && scheduleEpochs !== undefined ? { scheduleEpochs } : {}),
    ...(given.optimizer === undefined && weightDecay !== undefined ? { weightDecay } : {}),
  };
}

async function findStart(path: string, warn: Warn): Promise<StartingPoint> {
  requireText('from', path, 'a run folder');
  const { run, modelPath } = await findModel(path, undefined, warn);
  return { ...(run?.isEpoch ? run : requireWholeRun(path, run)), modelPath };
}

/** As it is recorded: with its epoch where one was named. */
function nameStart({ folder, isEpoch, weights }: StartingPoint): string {
  return isEpoch ? `${folder}@${weights.epoch}` : folder;
}

function pick(options: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}

function dropUndefined(options: TrainOptions): TrainOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
