// `cnnviz summary`.

import type { Command } from 'commander';
import { addNetworkOptions, parseCount } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { formatSummary } from './cli-result.js';
import { SUMMARY_DEFAULTS, type SummaryOptions } from './index.js';

/** `cnnviz summary` */
export function addSummaryCommand(program: Command, shell: Shell): void {
  const command = program
    .command('summary')
    .summary("print a network's layers, shapes and parameters")
    .description(
      "Print a network's layers, shapes and parameters: of a saved one, or of the one that train would build.",
    )
    .option('--model <path>', 'a run folder or a TensorFlow.js model.json (default: what train would build)')
    .option('--classes <count>', 'how many classes there would be', parseCount, SUMMARY_DEFAULTS.classes);
  addNetworkOptions(command, SUMMARY_DEFAULTS);
  command.action(() =>
    runCommand(
      shell,
      command,
      async (options: SummaryOptions) => {
        const { summary } = await import('./index.js');
        return summary(options);
      },
      (result, terminal) => {
        for (const line of formatSummary(result)) terminal.print(line);
      },
    ),
  );
}
