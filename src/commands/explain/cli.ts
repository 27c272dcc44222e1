// `cnnviz explain`.

import type { Command } from 'commander';
import { addModelOptions, addOrientationOptions, choiceOption } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { EXPLAIN_DEFAULTS, type ExplainOptions, METHODS } from './options.js';

type CommandOptions = Omit<ExplainOptions, 'images' | 'classes'> & { class?: string[] };

/** `cnnviz explain` */
export function addExplainCommand(program: Command, shell: Shell): void {
  const command = program
    .command('explain')
    .summary('show where in an image the evidence for a class lies')
    .description('Show where in an image the network finds the evidence for each class: Grad-CAM over the photograph.')
    .argument('<images...>', 'image files, or folders of them')
    .option(
      '--class <name>',
      'a class by name or number; can be repeated (default: both of two, else predicted and runner-up)',
      (name: string, others: string[] = []) => [...others, name],
    )
    .option('--layer <name>', 'any layer with height and width (default: the last one)')
    .addOption(choiceOption('--method <name>', 'how evidence is measured', METHODS, EXPLAIN_DEFAULTS.method))
    .option('--npy', 'also write the maps as numbers, as NumPy reads them')
    .option('--out <dir>', 'results folder (default: explanations/<image name>)');
  addModelOptions(command, EXPLAIN_DEFAULTS);
  addOrientationOptions(command);
  command.action((images: string[]) =>
    runCommand<CommandOptions, object>(shell, command, async ({ class: classes, ...options }, backend) => {
      const { explain } = await import('./index.js');
      return explain({ ...options, ...(classes && { classes }), images, backend });
    }),
  );
}
