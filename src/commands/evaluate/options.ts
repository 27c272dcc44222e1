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

export const expectedData = 'a folder of images';

export const EVALUATE_OPTIONS = {
  ...section('Images', {
    /**
     * folder with train/, validation/ and test/, or with the class folders themselves; with `suspects` it may be left out: the
     * folder that the run was trained on
     */
    data: folder({
      help: 'folder of images (default with --suspects: that of the run)',
      bare: 'folder of images: short for --data',
      expected: expectedData,
    }),
    /**
     * default: test if the folder has one, else validation, else all; with `suspects` held-out, else all. In the folder that
     * the network was trained on, validation and train are the run's own images that still exist; unseen: those that it has
     * never seen; held-out: validation and test.
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
    /** number of images to list whose label looks wrong, 1 to 1,000; changes none of them */
    suspects: count({
      min: 1,
      max: 1000,
      preset: '100',
      help: 'list the images whose label the network finds least probable',
    }),
    /** a folder for pictures: confusion matrix, ROC, reliability, the worst mistakes, the suspects */
    out: folder({
      help: 'write a confusion matrix, ROC curves, a reliability diagram, the worst mistakes and suspects to this folder',
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
