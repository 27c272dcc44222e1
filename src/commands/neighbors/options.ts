// The options of `neighbors`.

import { count, folder } from '../../options/kinds.js';
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
  RUNNING_OPTIONS,
} from '../shared/model-options.js';
import { UNLIKE_OPTIONS } from '../shared/unlike-options.js';

export const NEIGHBORS_OPTIONS = {
  /** image files, or folders of them */
  images,
  ...section('Images', {
    /** images to search: the training images of a folder, or all of one that is not divided; default: the run's training images */
    data: folder({
      help: "folder of images to search: its training images (default: the run's)",
      expected: 'a folder of images',
    }),
    /** how many images to find for each, 1 to 100 */
    count: count({ default: 7, min: 1, max: 100, help: 'number of images to find for each image' }),
  }),
  ...UNLIKE_OPTIONS,
  ...section('Output', {
    /** results folder, with a folder for each image if there are several; default: neighbors/<image name> */
    out: folder({ help: 'results folder (default: neighbors/<image name>)' }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...RUNNING_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface NeighborsOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof NEIGHBORS_OPTIONS>,
    WorkflowOptions {}
