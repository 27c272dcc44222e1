// Its options and defaults.

import { readSampleParameters } from '../../sample/parameters.js';
import type { WorkflowOptions } from '../shared/events.js';

export interface SampleDataOptions extends WorkflowOptions {
  /** where to; it must not exist, or be empty, or hold this very set */
  dir: string;
  /** 2: cats and dogs; 3: rabbits as well */
  classes?: number;
  /** uint32 */
  seed?: number;
  /** longer side, pixels */
  imageSize?: number;
  /** pictures of each class */
  train?: number;
  validation?: number;
  /** 0: no test folder */
  test?: number;
}

const { imagesPerClass, seed, imageSize } = readSampleParameters();

/** As data/sample-set.json has them. */
export const SAMPLE_DATA_DEFAULTS = { classes: 2, seed, imageSize, ...imagesPerClass } as const satisfies Partial<
  Omit<SampleDataOptions, 'dir'>
>;
