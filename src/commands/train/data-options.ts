// How images are read and divided.

import { INTERPOLATIONS } from '../../dataset/decode/preprocessing.js';
import { groupByOption } from '../../dataset/folder/group-by-option.js';
import { choice, number, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import { RUNNING_OPTIONS } from '../shared/model-options.js';

/** How an image becomes pixels. */
export const PREPROCESSING_OPTIONS = section('Data', {
  interpolation: choice(INTERPOLATIONS, { default: 'nearest', help: 'resizing method', network: true }),
  /** rotate images by their EXIF orientation */
  autoOrient: toggle({
    default: false,
    help: 'rotate images by their EXIF orientation',
    negated: {},
    network: true,
  }),
});

export const DATA_OPTIONS = section('Data', {
  ...PREPROCESSING_OPTIONS,
  /** fraction of each class held out if the folder has no validation/ */
  validationSplit: number({
    default: 0.2,
    min: 0,
    below: 1,
    help: 'fraction of images to hold out if there is no validation folder',
    placeholder: 'fraction',
  }),
  /**
   * groups that must not be divided: `folder` for the folder of a file, or a regular expression for the path within the
   * class folder, whose first capture group counts, else the whole match
   */
  groupBy: groupByOption,
  onBadImage: RUNNING_OPTIONS.onBadImage,
  /** balanced: all classes have the same weight in training, regardless of their number of images */
  classWeight: choice(['none', 'balanced'], {
    default: 'none',
    help: 'balanced: give all classes the same weight, regardless of their number of images',
    placeholder: 'which',
  }),
  /** check images for problems while they are decoded in the first epoch, and warn about them */
  check: toggle({
    default: true,
    help: 'check images for problems in the first epoch',
    negated: {
      only: true,
      help: 'skip the check for rotated, dark, one-color, duplicate and mislabeled images in the first epoch',
    },
    resumable: true,
  }),
  /** memory for decoded pixels, megabytes (10^6 bytes); default: a quarter of the available memory */
  cacheMemory: number({
    min: 0,
    help: 'MB for cached decoded images (default: a quarter of available memory)',
    placeholder: 'megabytes',
    resumable: true,
  }),
});
