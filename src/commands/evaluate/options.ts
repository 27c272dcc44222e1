// The options of `evaluate`.

import { count, folder, number } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';
import {
  BACKEND_OPTIONS,
  INPUT_OPTIONS,
  type InputOptions,
  type ModelOptions,
  NETWORK_CHOICE_OPTIONS,
  OUTPUT_OPTIONS,
  type OutputOptions,
  PRECISION_OPTIONS,
  RUNNING_OPTIONS,
} from '../shared/model-options.js';
import { splitChoice } from '../shared/split-parts.js';

export const EVALUATE_OPTIONS = {
  ...section('Images', {
    /** folder with train/, validation/ and test/, or with the class folders themselves */
    data: folder({
      required: true,
      help: 'folder of images',
      bare: 'folder of images: short for --data',
      expected: 'a folder of images',
    }),
    /**
     * default: test if the folder has one, else validation, else all. In the folder that the network was trained on,
     * validation and train are the run's own images that still exist; unseen: those that it has never seen.
     */
    split: splitChoice,
  }),
  ...section('Output', {
    /** 0..1; below it BELOW_THRESHOLD is thrown */
    minAccuracy: number({
      min: 0,
      max: 1,
      help: 'exit with code 1 if the accuracy is below this',
      placeholder: 'fraction',
    }),
    /** number of worst mistakes to list and show, 0 to 200 */
    mistakes: count({ default: 16, max: 200, help: 'number of worst mistakes to list' }),
    /** a folder for pictures: confusion matrix, ROC, reliability, the worst mistakes */
    out: folder({
      help: 'write a confusion matrix, ROC curves, a reliability diagram and the worst mistakes to this folder',
    }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...RUNNING_OPTIONS,
  ...PRECISION_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface EvaluateOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof EVALUATE_OPTIONS>,
    WorkflowOptions {}
