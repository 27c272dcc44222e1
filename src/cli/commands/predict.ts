import type { Command } from 'commander';
import { PREDICT_DEFAULTS, type PredictOptions } from '../../workflows/model-options.js';
import type { PredictResult } from '../../workflows/predict.js';
import { formatTable } from '../format.js';
import { addModelOptions, addOrientationOptions, addRunningOptions } from '../options.js';
import { runCommand } from '../run-command.js';
import type { Shell } from '../shell.js';
import type { Terminal } from '../terminal.js';

/** `cnnviz predict` */
export function addPredictCommand(program: Command, shell: Shell): void {
  const command = program
    .command('predict')
    .summary('tell what images show')
    .description('Tell what images show: the most probable class and its probability.')
    .argument('<images...>', 'image files, or folders of them');
  addModelOptions(command, PREDICT_DEFAULTS);
  addOrientationOptions(command);
  addRunningOptions(command, PREDICT_DEFAULTS);
  command.action((images: string[]) =>
    runCommand(
      shell,
      command,
      async (options: Omit<PredictOptions, 'images'>, backend) => {
        const { predict } = await import('../../workflows/predict.js');
        return predict({ ...options, images, backend });
      },
      showResult,
    ),
  );
}

function showResult({ predictions }: PredictResult, terminal: Terminal): void {
  const rows = predictions.map(({ image, className, probability }) => [image, className, probability.toFixed(4)]);
  for (const line of formatTable(rows)) terminal.print(line);
}
