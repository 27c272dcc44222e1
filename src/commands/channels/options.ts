// The options of `channels` and `channels merge`.

import { folder } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { resolveOptions } from '../../options/resolve.js';
import type { Shard } from '../../shards/shard-set.js';
import type { WorkflowOptions } from '../shared/events.js';
import { layerSelection } from '../shared/image-options.js';
import { shardFiles } from '../shared/merge-options.js';
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
import { parseShard, shardOption } from '../shared/shard-option.js';
import { IMAGE_FOLDER_OPTIONS, otherClasses } from './folder-options.js';

export const CHANNELS_OPTIONS = {
  ...IMAGE_FOLDER_OPTIONS,
  ...section('Images', {
    /** measure a folder with classes that the network's run does not have; the report then never becomes the run's own */
    allowOtherClasses: otherClasses('measure on', 'channels'),
  }),
  ...section('Channels', {
    /** the first N layers, layers by name, or "all"; default: every layer except those that only pass values on */
    layers: layerSelection({
      help: 'number of layers, layer names or "all" (default: all except those that only pass values on)',
    }),
  }),
  ...section('Output', {
    /**
     * `3/8`: measure only every eighth image, from the third on, and write a shard for `mergeChannels`; `auto/8`: the third in
     * the third of eight tasks of an array job of Slurm or of an Indexed Job of Kubernetes
     */
    shard: shardOption('measure every n-th image from the i-th on, for "channels merge"'),
    /** results folder, default: in the network's run; with `shard` a file */
    out: folder({ help: 'results folder (default: in the run), or file of a shard', placeholder: 'path' }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...RUNNING_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface ChannelsOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof CHANNELS_OPTIONS>,
    WorkflowOptions {}

/** Options with all defaults filled in. */
export type ChannelsSettings = Omit<ChannelsOptions, 'shard'> &
  DefaultsOf<typeof CHANNELS_OPTIONS> & { shard: Shard | undefined };

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function resolveChannelsOptions(options: ChannelsOptions): ChannelsSettings {
  const settings = resolveOptions(CHANNELS_OPTIONS, options);
  return { ...settings, shard: settings.shard === undefined ? undefined : parseShard(settings.shard) };
}

export const MERGE_CHANNELS_OPTIONS = {
  /** the files of all shards of one folder, in any order, or folders of them */
  shards: shardFiles,
  ...section('Output', {
    /** results folder */
    out: folder({ default: 'channels', help: 'results folder' }),
  }),
};

export interface MergeChannelsOptions extends OptionsOf<typeof MERGE_CHANNELS_OPTIONS>, WorkflowOptions {}
