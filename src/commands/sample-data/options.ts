// The options of `sample-data`.

import { count, folder, seed, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import { readSampleParameters } from '../../sample/parameters.js';
import type { WorkflowOptions } from '../shared/events.js';

/** The defaults are those of data/sample-set.json. */
const parameters = readSampleParameters();
const { train, validation, test } = parameters.imagesPerClass;

export const SAMPLE_DATA_OPTIONS = {
  /** destination; it must not exist or must be empty, or hold this very set */
  dir: folder({ required: true, argument: 'one', help: 'folder to create', expected: 'the folder to write to' }),
  ...section('Pictures', {
    /** 2: cats and dogs; 3: rabbits as well */
    classes: count({ default: 2, min: 2, max: parameters.classNames.length, help: '2, or 3 to include rabbits' }),
    /** pictures of each class */
    train: count({ default: train, min: 1, max: 100_000, help: 'images per class' }),
    validation: count({ default: validation, min: 1, max: 100_000, help: 'images per class' }),
    /** 0: no test folder */
    test: count({ default: test, max: 100_000, help: 'images per class' }),
    /** longer side in pixels */
    imageSize: count({
      default: parameters.imageSize,
      min: 32,
      max: 2000,
      help: 'longer side of the images',
      placeholder: 'pixels',
    }),
    /** uint32 */
    seed: seed({ default: parameters.seed, help: 'random seed' }),
  }),
  ...section('Ground truth', {
    /**
     * for each image DIR/masks/<part>/..., gray, 255 where the part covers a pixel: `animal`, `head`, `tail`, and `difference`,
     * where its twin differs
     */
    masks: toggle({
      default: false,
      help: 'also draw where the animal, its head and its tail are, and where the twin differs, into DIR/masks',
    }),
    /** for each image DIR/twins/...: the same scene with the head, the eyes and the tail of the other class; not of rabbits */
    twins: toggle({
      default: false,
      help: "also draw the same scenes with the other class's head, eyes and tail, into DIR/twins",
    }),
  }),
};

export interface SampleDataOptions extends OptionsOf<typeof SAMPLE_DATA_OPTIONS>, WorkflowOptions {}

/** What a set is drawn from: what the marker file in it says. */
export type SampleSet = Required<Omit<SampleDataOptions, 'dir' | 'onEvent' | 'signal' | 'masks' | 'twins'>> &
  Pick<SampleDataOptions, 'masks' | 'twins'>;
