// The options of `evaluate`.

import { count, file, folder, number, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';
import { shardFiles } from '../shared/merge-options.js';
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
import { requiredShard, shardOption } from '../shared/shard-option.js';
import { splitChoice } from '../shared/split-parts.js';

export const expectedData = 'a folder of images';

const DATA_OPTIONS = section('Images', {
  /**
   * folder with train/, validation/ and test/, or with the class folders themselves; with `suspects` it may be left out: the
   * folder that the run was trained on
   */
  data: folder({
    help: 'folder of images, or .tar archives of them (default with --suspects: that of the run)',
    bare: 'folder of images, or .tar archives of them: short for --data',
    expected: expectedData,
  }),
  /**
   * default: test if the folder has one, else validation, else all; with `suspects` held-out, else all. In the folder that
   * the network was trained on, validation and train are the run's own images that still exist; unseen: those that it has
   * never seen; held-out: validation and test.
   */
  split: splitChoice,
});

const RESULT_OPTIONS = section('Output', {
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
});

const COMMON_OPTIONS = {
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...RUNNING_OPTIONS,
  ...PRECISION_OPTIONS,
  ...BACKEND_OPTIONS,
};

export const EVALUATE_OPTIONS = {
  ...DATA_OPTIONS,
  ...RESULT_OPTIONS,
  ...section('Output', {
    /**
     * group the mistakes by the evidence that the network found for them: its place, its color and its channels, less the average map;
     * 30 mistakes of one class at least
     */
    explain: toggle({ default: false, help: 'group the mistakes by what the network took for evidence in them' }),
  }),
  ...COMMON_OPTIONS,
};

const SHARD_HELP = 'compute every n-th batch from the i-th on, for "evaluate merge" (--out: file of the shard)';

export const EVALUATE_SHARD_OPTIONS = {
  ...section('Images', {
    data: folder({ required: true, help: 'folder of images', expected: expectedData }),
    split: splitChoice,
  }),
  ...section('Output', {
    /** `3/8`: only every eighth batch, from the third on; `auto/8`: in a task of an array job, as its scheduler numbers it */
    shard: requiredShard(SHARD_HELP),
    /** the file of a shard; default: evaluate-3-of-8.shard */
    out: file({ help: 'file of a shard' }),
  }),
  ...COMMON_OPTIONS,
};

/** Those of the command line, where one command does both. */
export const EVALUATE_COMMAND_OPTIONS = {
  ...EVALUATE_OPTIONS,
  ...section('Output', { shard: shardOption(SHARD_HELP) }),
};

export const MERGE_EVALUATIONS_OPTIONS = {
  /** the files of all shards of one evaluation, in any order, or folders of them */
  shards: shardFiles,
  ...RESULT_OPTIONS,
};

export interface EvaluateOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof EVALUATE_OPTIONS>,
    WorkflowOptions {}

export interface EvaluateShardOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof EVALUATE_SHARD_OPTIONS>,
    WorkflowOptions {}

export interface MergeEvaluationsOptions extends OptionsOf<typeof MERGE_EVALUATIONS_OPTIONS>, WorkflowOptions {}
