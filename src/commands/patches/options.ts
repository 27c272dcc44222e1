// The options of `patches` and `patches merge`.

import { count, folder } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { resolveOptions } from '../../options/resolve.js';
import type { Shard } from '../../shards/shard-set.js';
import { IMAGE_FOLDER_OPTIONS, otherClasses } from '../channels/folder-options.js';
import { channelNumbers } from '../shared/channel-numbers.js';
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

/** Channels of a sheet where nobody asks for others. */
const SHOWN_CHANNELS = 16;

/** Which channels are drawn. */
const SHOWN_OPTIONS = section('Channels', {
  /** channels to draw, counted from 0, in the order in which they separate the classes; default: the `top` first ones */
  channels: channelNumbers({ help: 'draw these channels, for example 6,15 or 6-15 (default: the first --top)' }),
  /** how many channels of each layer are drawn: those that separate the classes best */
  top: count({
    default: SHOWN_CHANNELS,
    min: 1,
    help: 'draw the N channels of each layer that separate the classes best',
  }),
});

export const PATCHES_OPTIONS = {
  ...IMAGE_FOLDER_OPTIONS,
  ...section('Images', {
    /** take a folder with classes that the network's run does not have; the result then never becomes the run's own */
    allowOtherClasses: otherClasses('use images of', 'patches'),
  }),
  ...section('Channels', {
    /** the first N layers, layers by name, or "all"; default: every layer before Flatten, of networks with more than 24 layers with maps some, but for those that only pass values on */
    layers: layerSelection({
      help: 'number of layers, layer names or "all" (default: those before Flatten; of more than 24 with maps the first convolution and the last of each size)',
    }),
    /** patches of each channel, of as many images, 1 to 100 */
    count: count({ default: 9, min: 1, max: 100, help: 'patches of each channel, at most one of an image' }),
  }),
  ...SHOWN_OPTIONS,
  ...section('Output', {
    /**
     * `3/8`: look only at every eighth image, from the third on, and write a shard for `mergePatches`; `auto/8`: the third in
     * the third of eight tasks of an array job of Slurm or of an Indexed Job of Kubernetes
     */
    shard: shardOption('look at every n-th image from the i-th on, for "patches merge"'),
    /** results folder, default: in the network's run; with `shard` a file */
    out: folder({ help: 'results folder (default: in the run), or file of a shard', placeholder: 'path' }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...RUNNING_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface PatchesOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof PATCHES_OPTIONS>,
    WorkflowOptions {}

/** Options with all defaults filled in. */
export type PatchesSettings = Omit<PatchesOptions, 'shard'> &
  DefaultsOf<typeof PATCHES_OPTIONS> & { shard: Shard | undefined };

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function resolvePatchesOptions(options: PatchesOptions): PatchesSettings {
  const settings = resolveOptions(PATCHES_OPTIONS, options);
  return { ...settings, shard: settings.shard === undefined ? undefined : parseShard(settings.shard) };
}

export const MERGE_PATCHES_OPTIONS = {
  /** the files of all shards of one folder, in any order, or folders of them */
  shards: shardFiles,
  ...SHOWN_OPTIONS,
  ...section('Output', {
    /** where the images are now, which the patches are cut from; default: where they were */
    data: folder({ help: 'folder of the images, to cut the patches from (default: where they were)' }),
    /** results folder */
    out: folder({ default: 'patches', help: 'results folder' }),
  }),
};

export interface MergePatchesOptions extends OptionsOf<typeof MERGE_PATCHES_OPTIONS>, WorkflowOptions {}
