// The options of `explain --benchmark`.

import { badArgument } from '../../base/errors.js';
import { methodNames } from '../../explain/methods.js';
import { choices, count, folder, seed } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';
import {
  BACKEND_OPTIONS,
  INPUT_OPTIONS,
  type InputOptions,
  type ModelOptions,
  NETWORK_CHOICE_OPTIONS,
  OUTPUT_OPTIONS,
  type OutputOptions,
} from '../shared/model-options.js';
import { splitChoice } from '../shared/split-parts.js';
import { EXPLAIN_OPTIONS } from './options.js';

/** Of an interval of differences. */
const fewestImages = 5;

/** What a benchmark of methods takes besides. */
export const BENCHMARK_CHOICES = section('Benchmark', {
  /** how many images, drawn at random */
  imageCount: count({
    default: 50,
    min: fewestImages,
    max: 1000,
    flag: 'images',
    help: 'number of images to measure on, drawn at random',
  }),
  /** as in `evaluate` */
  split: splitChoice,
  seed: seed({ default: 1, help: 'random seed: of the images, random maps and redrawn weights' }),
});

export const BENCHMARK_OPTIONS = {
  /** folder of labeled images; one of `sampleData` with masks has the truth about where the evidence lies */
  data: folder({ required: true, help: 'folder of labeled images', expected: 'a folder of labeled images' }),
  ...BENCHMARK_CHOICES,
  ...section('Evidence', {
    /** one or several; default: the last poolings, and the last layer with maps */
    layer: EXPLAIN_OPTIONS.layer,
    /** one or several, or all of them */
    method: choices([...methodNames, 'all'], { default: 'all', help: 'methods to measure' }),
  }),
  ...section('Output', {
    /** results folder; default: explanation-benchmark in the network's run, where `explain` looks for it */
    out: folder({ help: 'results folder (default: in the run)' }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface BenchmarkOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof BENCHMARK_OPTIONS>,
    WorkflowOptions {}

/** Options with all defaults filled in. */
export type BenchmarkSettings = BenchmarkOptions & DefaultsOf<typeof BENCHMARK_OPTIONS>;

/** @throws CnnvizError BAD_ARGUMENT for fewer images than a mean map and an interval take */
export function requireImages(count: number): void {
  if (count < fewestImages) throw badArgument('data', `at least ${fewestImages} images`, count);
}
