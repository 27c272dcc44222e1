import { type Command, Option } from 'commander';
import type { EvaluateResult } from '../../workflows/evaluate.js';
import { EVALUATE_DEFAULTS, type EvaluateOptions } from '../../workflows/model-options.js';
import { formatAmount } from '../format.js';
import { addModelOptions, addRunningOptions, parseNumber } from '../options.js';
import { runCommand } from '../run-command.js';
import type { Shell } from '../shell.js';
import type { Terminal } from '../terminal.js';

/** `cnnviz evaluate` */
export function addEvaluateCommand(program: Command, shell: Shell): void {
  const command = program
    .command('evaluate')
    .summary('measure loss and accuracy on photographs of known classes')
    .description('Measure loss and accuracy on a folder of photographs of known classes.')
    .requiredOption('--data <dir>', 'folder of photographs')
    .addOption(
      new Option('--split <name>', 'part of the folder (default: test, else validation, else train)').choices([
        'train',
        'validation',
        'test',
      ]),
    )
    .option('--min-accuracy <fraction>', 'exit with 1 when the accuracy is below it', parseNumber);
  addModelOptions(command, EVALUATE_DEFAULTS);
  addRunningOptions(command, EVALUATE_DEFAULTS);
  command.action(() =>
    runCommand(
      shell,
      command,
      async (options: EvaluateOptions, backend) => {
        const { evaluate } = await import('../../workflows/evaluate.js');
        return evaluate({ ...options, backend });
      },
      showResult,
    ),
  );
}

function showResult({ split, imageCount, loss, accuracy }: EvaluateResult, terminal: Terminal): void {
  const figures = `loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}`;
  terminal.print(`${split}: ${formatAmount(imageCount, 'image')}, ${figures}`);
}
