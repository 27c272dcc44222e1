// The options that a run.json records.

import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { badArgument } from '../../base/errors.js';
import { splitEpoch } from '../../runs/find-model.js';
import { RUN_FILE } from '../../runs/run.js';
import { ARCHITECTURE } from './base-settings.js';
import { CLUSTER_OPTIONS } from './cluster-options.js';
import { TRAIN_OPTIONS, type TrainOptions } from './options.js';
import type { TrainSettings } from './settings.js';

/**
 * The options of a run.json. `resolveTrainOptions` checks their values, as for every run.
 *
 * @throws CnnvizError BAD_ARGUMENT for what is not an option of `train`
 */
export function readRecordedOptions(options: Record<string, unknown>): TrainOptions {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(TRAIN_OPTIONS, name));
  if (unknown === undefined) return options as TrainOptions;
  const hint = 'Update cnnviz if a later version trained the run; otherwise remove it from the file.';
  throw badArgument(`${RUN_FILE}: options`, 'options of a training', unknown, hint);
}

/** What is recorded of a training's options: paths that hold in every folder, and nothing of a network that a base replaces. */
export function recordOptions(settings: TrainSettings): Record<string, unknown> {
  // How a run got its folder, and who watched it, is not repeated with it.
  const { onEvent: _, signal: __, overwrite: ___, restartable: ____, live: _____, ...others } = settings;
  // Nor who trains with whom: that belongs to the process.
  const options = Object.fromEntries(Object.entries(others).filter(([name]) => !Object.hasOwn(CLUSTER_OPTIONS, name)));
  const { probe } = settings;
  const recorded = {
    ...options,
    data: resolve(settings.data),
    ...(probe && { probe: probe.map((image) => resolve(image)) }),
  };
  if (settings.base === undefined) return recorded;
  const isOwn = ([name]: [string, unknown]) => !(ARCHITECTURE as readonly string[]).includes(name);
  return { ...Object.fromEntries(Object.entries(recorded).filter(isOwn)), base: resolve(settings.base) };
}

/** Whether an option is given as a run records it, which may be in fewer words. */
export function isAsRecorded(name: string, given: unknown, recorded: unknown): boolean {
  if (name === 'probe' && Array.isArray(given)) {
    return isAsRecorded('', JSON.stringify(given.map((image) => resolve(image))), JSON.stringify(recorded));
  }
  if (typeof given !== 'string' || typeof recorded !== 'string') {
    return JSON.stringify(given) === JSON.stringify(recorded);
  }
  if (name === 'base' || name === 'from') return placeOf(given) === placeOf(recorded);
  return given === recorded || (name === 'cut' && recorded.endsWith(`/${given}`));
}

/** Links followed, as far as there is something: a run needs its base no more. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const named = splitEpoch(path);
    return named === undefined ? resolve(path) : `${placeOf(named.run)}@${named.epoch}`;
  }
}
