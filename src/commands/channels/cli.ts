// `cnnviz channels` and `cnnviz channels merge`.

import { type Command, Option } from 'commander';
import { CnnvizError } from '../../base/errors.js';
import { addModelOptions, addOrientationOptions, addRunningOptions, parseLayers } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { SPLIT_CHOICES } from '../shared/split-parts.js';
import { runCommand } from '../terminal/run-command.js';
import { showChannels } from './cli-result.js';
import { MERGE_CHANNELS_DEFAULTS } from './merge-channels-options.js';
import { CHANNELS_DEFAULTS, type ChannelsOptions } from './options.js';

/** `cnnviz channels` and `cnnviz channels merge` */
export function addChannelsCommand(program: Command, shell: Shell): void {
  const command = program
    .command('channels')
    .argument('<dir>', 'folder of images, of class folders, or with train, validation and test')
    .summary('measure every channel over a folder of images')
    .description(
      'Measure every channel over a folder of images: how often it fires, which classes it tells apart, which are dead, ' +
        'saturated or double, and how sparsity and class separation go with depth.',
    )
    .addOption(
      new Option(
        '--split <name>',
        'part of the folder (default: test, else validation, else all); unseen: images that the run has never seen',
      ).choices(SPLIT_CHOICES),
    )
    .option(
      '--layers <which>',
      'the first N, names, or "all" (default: all that do not just pass values on)',
      parseLayers,
    )
    .option('--shard <i/n>', 'measure every n-th image from the i-th, for "channels merge"')
    .option('--out <path>', 'results folder (default: in the run), or the file of a shard');
  addModelOptions(command, CHANNELS_DEFAULTS);
  addOrientationOptions(command);
  addRunningOptions(command, CHANNELS_DEFAULTS);
  command.action((data: string) =>
    runCommand(
      shell,
      command,
      async (options: Omit<ChannelsOptions, 'data'>, backend) => {
        const { channels } = await import('./index.js');
        return channels({ ...options, data, backend });
      },
      showChannels,
    ),
  );
  addMergeCommand(command, shell);
}

function addMergeCommand(channels: Command, shell: Shell): void {
  const command = channels
    .command('merge')
    .argument('<shards...>', 'the files of all shards of one folder')
    .summary('add up shards')
    .description('Add up what "cnnviz channels --shard" has written: the result is that of one pass over all images.')
    .option('--out <dir>', 'results folder', MERGE_CHANNELS_DEFAULTS.out);
  // The options of the command around this one say nothing here: of those, help shows what every command has.
  const visibleGlobalOptions = () => channels.createHelp().visibleGlobalOptions(channels);
  command.configureHelp({ ...command.configureHelp(), visibleGlobalOptions });
  command.action((shards: string[]) =>
    runCommand(
      shell,
      command,
      async (options) => {
        refuseOptions(channels, 'out');
        const { mergeChannels } = await import('./merge-channels.js');
        // The command around this one has an --out too, and takes it first.
        const { out } = command.optsWithGlobals<{ out: string }>();
        return mergeChannels({ ...options, shards, out });
      },
      showChannels,
    ),
  );
}

/** Options of the command around `merge` are read wherever they stand: all but the shared one would be ignored. */
function refuseOptions(channels: Command, shared: string): void {
  const given = channels.options.filter((option) => {
    const name = option.attributeName();
    return name !== shared && channels.getOptionValueSource(name) === 'cli';
  });
  if (given.length === 0) return;
  const flags = given.map(({ long }) => long).join(', ');
  throw new CnnvizError(
    'BAD_ARGUMENT',
    `${flags}: not supported by "channels merge", which adds up shards as they were measured`,
  );
}
