// Reads the options that a run.json records.

import { badArgument } from '../../base/errors.js';
import { RUN_FILE } from '../../runs/run.js';
import { TRAIN_OPTIONS, type TrainOptions } from './options.js';

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
