// The options of `check`.

import { count, folder, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';

export const CHECK_OPTIONS = {
  /** folder with train/, validation/ and test/, or with the class folders themselves */
  data: folder({
    required: true,
    argument: 'one',
    help: 'folder of images, or .tar archives of them',
    expected: 'a folder of images',
  }),
  ...section('Images', {
    /** images will be rotated by their EXIF orientation: images that are stored rotated are then no reason for a warning */
    autoOrient: toggle({
      default: false,
      help: 'images will be rotated by their EXIF orientation, so images stored rotated are not a warning',
    }),
  }),
  ...section('Output', {
    /** number of images to name for each finding, 1 to 10,000 */
    examples: count({ default: 10, min: 1, max: 10_000, help: 'number of images to name for each finding' }),
    /** a folder for a contact sheet of each class */
    out: folder({ help: 'write a contact sheet of each class to this folder' }),
  }),
};

export interface CheckOptions extends OptionsOf<typeof CHECK_OPTIONS>, WorkflowOptions {}

/** Options with all defaults filled in. */
export type CheckSettings = CheckOptions & DefaultsOf<typeof CHECK_OPTIONS>;
