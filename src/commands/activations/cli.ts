// `cnnviz activations`.

import { type Command, Option } from 'commander';
import {
  addModelOptions,
  addOrientationOptions,
  choiceOption,
  parseCount,
  parseCounts,
  parseLayers,
  parseRange,
} from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { layerDescribers } from './cli-events.js';
import type { LayerEvent } from './events.js';
import {
  ACTIVATIONS_DEFAULTS,
  type ActivationsOptions,
  COLORMAPS,
  NORMALIZATIONS,
  RANKING_MEASURES,
  SCALES,
} from './options.js';

/** `cnnviz activations` */
export function addActivationsCommand(program: Command, shell: Shell): void {
  const { columns, tile, colormap } = ACTIVATIONS_DEFAULTS;
  const command = program
    .command('activations')
    .summary('show what the layers see in an image')
    .description('Show what the layers see in an image: a picture for each layer, with a tile for each channel.')
    .argument('<images...>', 'image files, or folders of them')
    .option('--layers <which>', 'how many, names, or "all" (default: every layer before Flatten)', parseLayers)
    .option('--channels <numbers>', 'also write these channels large, such as 6,15', parseCounts)
    .option('--top <count>', 'also show the strongest channels of each layer, in order', parseCount)
    .addOption(new Option('--by <what>', 'by what they are the strongest (default: "mean")').choices(RANKING_MEASURES))
    .option('--class <name>', 'contribution to the score of this class (default: the predicted one)')
    .addOption(new Option('--scale <scope>', 'what has one scale (default: "channel")').choices(SCALES))
    .addOption(
      new Option('--normalize <how>', 'a channel\'s scale (default: "zscore"); layer: as --scale layer').choices(
        NORMALIZATIONS,
      ),
    )
    .option('--range <low,high>', 'one fixed scale; what lies outside is clipped', parseRange)
    .option('--columns <count>', 'tiles a row', parseCount, columns)
    .option('--tile <pixels>', 'enlarge small maps to about this size', parseCount, tile)
    .addOption(choiceOption('--colormap <name>', 'colors', COLORMAPS, colormap))
    .option('--npy', 'also write the numbers, as NumPy reads them')
    .option('--out <dir>', 'results folder (default: activations/<image name>)');
  addModelOptions(command, ACTIVATIONS_DEFAULTS);
  addOrientationOptions(command);
  command.action((images: string[]) =>
    runCommand<Omit<ActivationsOptions, 'images'>, object, LayerEvent>(
      shell,
      command,
      async (options, backend) => {
        const { activations } = await import('./index.js');
        return activations({ ...options, images, backend });
      },
      undefined,
      () => layerDescribers,
    ),
  );
}
