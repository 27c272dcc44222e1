// `cnnviz patches` and `cnnviz patches merge`.

import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { silentFiles } from '../terminal/event-line.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { showPatches } from './cli-result.js';
import { MERGE_PATCHES_OPTIONS, PATCHES_OPTIONS } from './options.js';

const mergeCommand = defineCommand({
  name: 'merge',
  summary: 'merge shards',
  description:
    'Merge the shards that "cnnviz patches --shard" wrote. The result is the same as one pass over all images.',
  options: { ...MERGE_PATCHES_OPTIONS, ...section('Output', OPEN_OPTION) },
  standsAlone: 'which adds up shards as they were computed',
  run: async (options) => (await import('./merge-patches.js')).mergePatches(options),
  findView: ({ out }) => out,
  describeEvents: () => silentFiles,
  show: showPatches,
});

export const patchesCommand = defineCommand({
  name: 'patches',
  group: 'See what a network sees',
  summary: 'show the patches of images that each channel responds to most',
  description:
    'Show what makes a channel fire: for each channel the patches of real images with its largest values, at most one of an ' +
    'image, cut out at what a value is computed from. Channels that separate the classes best come first.',
  options: { ...PATCHES_OPTIONS, ...section('Output', OPEN_OPTION) },
  findMisuse({ shard, channels, top, open }) {
    if (shard === undefined) return undefined;
    const ofResult = { '--channels': channels, '--top': top, '--open': open };
    const [flag] = Object.entries(ofResult).find(([, value]) => value !== undefined) ?? [];
    return flag && `error: ${flag}: not supported by --shard; it is for "patches merge"`;
  },
  run: async (options) => (await import('./index.js')).patches(options),
  findView: ({ report, out }) => (report === undefined ? undefined : out),
  describeEvents: () => silentFiles,
  show: showPatches,
  parts: [mergeCommand],
});
