// The options of `predict`.

import { file } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';
import { images } from '../shared/image-options.js';
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
import { UNLIKE_OPTIONS } from '../shared/unlike-options.js';

const COMMON_OPTIONS = {
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...RUNNING_OPTIONS,
  ...PRECISION_OPTIONS,
  ...BACKEND_OPTIONS,
};

/**
 * a file for a table: path, class, and the probability of every class, a column a class; where images lie in folders
 * named after classes also the true class, and right or wrong
 */
const csv = file({ help: 'write path, class and the probability of every class to a CSV file' });

export const PREDICT_OPTIONS = {
  /** image files, or folders of them */
  images,
  ...section('Output', { csv }),
  ...UNLIKE_OPTIONS,
  ...COMMON_OPTIONS,
};

const SHARD_HELP = 'classify every n-th batch from the i-th on, for "predict merge"';
/** the file of a shard; default: predict-3-of-8.shard */
const out = file({ help: 'file of a shard' });

export const PREDICT_SHARD_OPTIONS = {
  images,
  ...section('Output', {
    /** `3/8`: only every eighth batch, from the third on; `auto/8`: in a task of an array job, as its scheduler numbers it */
    shard: requiredShard(SHARD_HELP),
    out,
  }),
  ...COMMON_OPTIONS,
};

/** Those of the command line, where one command does both. */
export const PREDICT_COMMAND_OPTIONS = {
  ...PREDICT_OPTIONS,
  ...section('Output', { shard: shardOption(SHARD_HELP), out }),
};

export const MERGE_PREDICTIONS_OPTIONS = {
  /** the files of all shards of one list of images, in any order, or folders of them */
  shards: shardFiles,
  ...section('Output', { csv }),
};

export interface PredictOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof PREDICT_OPTIONS>,
    WorkflowOptions {}

export interface PredictShardOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof PREDICT_SHARD_OPTIONS>,
    WorkflowOptions {}

export interface MergePredictionsOptions extends OptionsOf<typeof MERGE_PREDICTIONS_OPTIONS>, WorkflowOptions {}
