import type { Command } from 'commander';
import {
  ACTIVATIONS_DEFAULTS,
  type ActivationsOptions,
  COLORMAPS,
  NORMALIZATIONS,
} from '../../workflows/activations-options.js';
import { addModelOptions, choiceOption, parseCount, parseCounts, parseLayers } from '../options.js';
import { runCommand } from '../run-command.js';
import type { Shell } from '../shell.js';

/** `cnnviz activations` */
export function addActivationsCommand(program: Command, shell: Shell): void {
  const { columns, tile, normalize, colormap } = ACTIVATIONS_DEFAULTS;
  const command = program
    .command('activations')
    .summary('show what the layers see in an image')
    .description('Show what the layers see in an image: a picture for each layer, with a tile for each channel.')
    .argument('<images...>', 'image files, or folders of them')
    .option('--layers <which>', 'how many, names, or "all" (default: every layer before Flatten)', parseLayers)
    .option('--channels <numbers>', 'also write these channels large, such as 6,15', parseCounts)
    .addOption(choiceOption('--normalize <how>', 'how numbers become colors', NORMALIZATIONS, normalize))
    .option('--columns <count>', 'tiles a row', parseCount, columns)
    .option('--tile <pixels>', 'enlarge small maps to about this size', parseCount, tile)
    .addOption(choiceOption('--colormap <name>', 'colors', COLORMAPS, colormap))
    .option('--npy', 'also write the numbers, as NumPy reads them')
    .option('--out <dir>', 'results folder (default: activations/<image name>)');
  addModelOptions(command, ACTIVATIONS_DEFAULTS);
  command.action((images: string[]) =>
    runCommand<Omit<ActivationsOptions, 'images'>, object>(shell, command, async (options, backend) => {
      const { activations } = await import('../../workflows/activations.js');
      return activations({ ...options, images, backend });
    }),
  );
}
