// `cnnviz channels` and `cnnviz channels merge`.

import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { silentFiles } from '../terminal/event-line.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { showChannels } from './cli-result.js';
import { CHANNELS_OPTIONS, MERGE_CHANNELS_OPTIONS } from './options.js';

const mergeCommand = defineCommand({
  name: 'merge',
  summary: 'merge shards',
  description:
    'Merge the shards that "cnnviz channels --shard" wrote. The result is the same as one pass over all images.',
  options: { ...MERGE_CHANNELS_OPTIONS, ...section('Output', OPEN_OPTION) },
  standsAlone: 'which adds up shards as they were measured',
  run: async (options) => (await import('./merge-channels.js')).mergeChannels(options),
  findView: ({ out }) => out,
  describeEvents: () => silentFiles,
  show: showChannels,
});

export const channelsCommand = defineCommand({
  name: 'channels',
  group: 'See what a network sees',
  summary: 'measure every channel over a folder of images',
  description:
    'Measure every channel over a folder of images: how often it fires, which classes it separates, which are dead, ' +
    'saturated or duplicates, and how sparsity and class separation change with depth.',
  options: { ...CHANNELS_OPTIONS, ...section('Output', OPEN_OPTION) },
  run: async (options) => (await import('./index.js')).channels(options),
  findView: ({ report, out }) => (report === undefined ? undefined : out),
  describeEvents: () => silentFiles,
  show: showChannels,
  parts: [mergeCommand],
});
