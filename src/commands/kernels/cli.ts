// `cnnviz kernels`.

import type { Command } from 'commander';
import { addModelOptions } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { KERNELS_DEFAULTS, type KernelsOptions } from './options.js';

/** `cnnviz kernels` */
export function addKernelsCommand(program: Command, shell: Shell): void {
  const command = program
    .command('kernels')
    .summary('draw what the convolutions have learned')
    .description("Draw every convolution's kernels as tiles around 0, and the first layer's in color.")
    .option('--npy', 'also write the numbers, as NumPy reads them')
    .option('--out <dir>', 'results folder', KERNELS_DEFAULTS.out);
  addModelOptions(command, KERNELS_DEFAULTS);
  command.action(() =>
    runCommand<KernelsOptions, object>(shell, command, async (options) => {
      const { kernels } = await import('./index.js');
      return kernels(options);
    }),
  );
}
