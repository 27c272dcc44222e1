// `cnnviz kernels`.

import type { Command } from 'commander';
import { formatShape } from '../../cli/format.js';
import { addModelOptions } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import type { EventDescribers } from '../terminal/event-line.js';
import { inColumn } from '../terminal/in-column.js';
import { runCommand } from '../terminal/run-command.js';
import type { KernelsEvent } from './events.js';
import { KERNELS_DEFAULTS, type KernelsOptions } from './options.js';

const kernelsDescribers: EventDescribers<KernelsEvent> = {
  kernels: ({ name, shape }) => [{ kind: 'result', text: inColumn(name, formatShape(shape)) }],
};

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
    runCommand<KernelsOptions, object, KernelsEvent>(
      shell,
      command,
      async (options) => {
        const { kernels } = await import('./index.js');
        return kernels(options);
      },
      undefined,
      () => kernelsDescribers,
    ),
  );
}
