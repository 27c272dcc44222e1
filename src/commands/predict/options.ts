// The options of `predict`.

import { file } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';
import { images } from '../shared/image-options.js';
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

export const PREDICT_OPTIONS = {
  /** image files, or folders of them */
  images,
  ...section('Output', {
    /**
     * a file for a table: path, class, and the probability of every class, a column a class; where images lie in folders
     * named after classes also the true class, and right or wrong
     */
    csv: file({
      help: 'write path, class and the probability of every class to a CSV file',
    }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...RUNNING_OPTIONS,
  ...PRECISION_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface PredictOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof PREDICT_OPTIONS>,
    WorkflowOptions {}
