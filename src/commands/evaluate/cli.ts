// `cnnviz evaluate`.

import { type Command, Option } from 'commander';
import {
  addModelOptions,
  addOrientationOptions,
  addRunningOptions,
  parseCount,
  parseNumber,
} from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { EVALUATE_DEFAULTS, type EvaluateOptions } from '../shared/model-options.js';
import { SPLIT_CHOICES } from '../shared/split-parts.js';
import { runCommand } from '../terminal/run-command.js';
import { showEvaluation } from './cli-result.js';

/** `cnnviz evaluate` */
export function addEvaluateCommand(program: Command, shell: Shell): void {
  const command = program
    .command('evaluate')
    .summary('judge a network on photographs of known classes')
    .description(
      'Judge a network on a folder of photographs of known classes: accuracy with its confidence interval, precision,\n' +
        'recall, F1 and ROC-AUC of each class, calibration, which class was taken for which, and the worst mistakes.',
    )
    .requiredOption('--data <dir>', 'folder of photographs')
    .addOption(
      new Option(
        '--split <name>',
        'part of the folder (default: test, else validation, else all); unseen: images that the run has never seen',
      ).choices(SPLIT_CHOICES),
    )
    .option('--min-accuracy <fraction>', 'exit with 1 when the accuracy is below it', parseNumber)
    .option('--mistakes <count>', 'how many of the worst mistakes to list', parseCount, EVALUATE_DEFAULTS.mistakes)
    .option('--out <dir>', 'write pictures: confusion matrix, ROC, reliability, the worst mistakes');
  addModelOptions(command, EVALUATE_DEFAULTS);
  addOrientationOptions(command);
  addRunningOptions(command, EVALUATE_DEFAULTS);
  command.action(() =>
    runCommand(
      shell,
      command,
      async (options: EvaluateOptions, backend) => {
        const { evaluate } = await import('./index.js');
        return evaluate({ ...options, backend });
      },
      showEvaluation,
    ),
  );
}
