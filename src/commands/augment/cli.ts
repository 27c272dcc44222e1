// `cnnviz augment`.

import type { Command } from 'commander';
import { addPreprocessingOptions, omitDefaults, parseCount } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { addAugmentationOptions, recipeOption } from '../train/cli-augmentation-options.js';
import { AUGMENT_DEFAULTS, type AugmentOptions } from './options.js';

/** `cnnviz augment` */
export function addAugmentCommand(program: Command, shell: Shell): void {
  const command = program
    .command('augment')
    .summary('show what training with augmentation sees of a photograph')
    .description(
      'Draw a photograph as training with these options sees it, pass after pass; without any, by the recipe augmented.',
    )
    .argument('<image>', 'an image file')
    .addOption(recipeOption())
    .option('--count <count>', 'how many augmented pictures', parseCount, AUGMENT_DEFAULTS.count)
    .option('--seed <number>', 'decides what is done to each', parseCount, AUGMENT_DEFAULTS.seed)
    .option('--image-size <pixels>', 'height and width of the input', parseCount, AUGMENT_DEFAULTS.imageSize)
    .option('--out <dir>', 'results folder', AUGMENT_DEFAULTS.out);
  addPreprocessingOptions(command, AUGMENT_DEFAULTS);
  addAugmentationOptions(command);
  command.action((image: string) =>
    runCommand<Omit<AugmentOptions, 'image'>, object>(shell, command, async (options) => {
      const { augment } = await import('./index.js');
      return augment({ ...omitDefaults(options, command), image });
    }),
  );
}
