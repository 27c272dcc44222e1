// `cnnviz train`.

import { type Command, Option } from 'commander';
import {
  addNetworkOptions,
  addPreprocessingOptions,
  badImageOption,
  choiceOption,
  groupByOption,
  omitDefaults,
  parseCount,
  parseNumber,
} from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { addAugmentationOptions, recipeOption } from './cli-augmentation-options.js';
import { addCallbackOptions } from './cli-callback-options.js';
import { describeTraining } from './cli-events.js';
import { showTrainResult } from './cli-result.js';
import { OPTIMIZER_NAMES, TRAIN_DEFAULTS, type TrainOptions } from './options.js';

/** Options without a value: what a recipe or another run has switched on can be switched off again. */
const SWITCHES = ['batch-normalization', 'auto-orient', 'reduce-on-plateau'];

/** `cnnviz train` */
export function addTrainCommand(program: Command, shell: Shell): void {
  const command = program
    .command('train')
    .summary('train a network on a folder of photographs')
    .description('Train a network on DIR/train/<class>/... and DIR/validation/<class>/..., or just on DIR/<class>/...')
    .option('--data <dir>', 'folder of photographs')
    .addOption(recipeOption())
    .option('--config <run>', 'do the same as a run again, but for other options that are given')
    .option('--from <run>', 'start from the weights of a run, with its network')
    .option('--out <dir>', 'run folder, new or empty (default: runs/<date-time>)')
    .option('--overwrite', 'replace a run that is in that folder already')
    .addOption(
      new Option(
        '--resume [run]',
        'go on with a run that was stopped (default: the last one), exactly; with it only --data, --epochs, --early-stopping, --schedule-epochs, --backend and --cache-memory may differ',
      ).preset('runs/latest'),
    );
  addLoopOptions(command);
  addCallbackOptions(command);
  addNetworkOptions(command, TRAIN_DEFAULTS);
  addDataOptions(command);
  addAugmentationOptions(command);
  for (const name of SWITCHES) command.addOption(new Option(`--no-${name}`).hideHelp());
  command.action(() =>
    runCommand(
      shell,
      command,
      async (options: TrainOptions, backend) => {
        if (options.data === undefined && options.resume === undefined && options.config === undefined) {
          command.error("error: required option '--data <dir>', '--resume [run]' or '--config <file>' not specified");
        }
        const { train } = await import('./index.js');
        return train({ ...omitDefaults(options, command), backend });
      },
      showTrainResult,
      describeTraining,
    ),
  );
}

function addLoopOptions(command: Command): void {
  const { epochs, batchSize, learningRate, optimizer, seed } = TRAIN_DEFAULTS;
  command
    .option('--epochs <count>', 'how often to go through the data', parseCount, epochs)
    .option('--steps-per-epoch <count>', 'batches of one epoch (default: one pass over the data)', parseCount)
    .option('--validation-steps <count>', 'batches of one validation (default: one pass)', parseCount)
    .option('--batch-size <count>', 'photographs a step', parseCount, batchSize)
    .option('--learning-rate <number>', 'how far a step goes', parseNumber, learningRate)
    .addOption(choiceOption('--optimizer <name>', 'with the settings of Keras', OPTIMIZER_NAMES, optimizer))
    .option(
      '--weight-decay <number>',
      'taken off kernels, times the learning rate (default: 0.004 for adamw)',
      parseNumber,
    )
    .option('--ema-momentum <fraction>', 'judge and save the average of the weights; a step keeps this', parseNumber, 0)
    .option('--label-smoothing <fraction>', 'how much of a label is spread over all classes', parseNumber, 0)
    .option('--seed <number>', 'decides split, first weights, order, augmentation and dropout', parseCount, seed);
}

function addDataOptions(command: Command): void {
  const { validationSplit, onBadImage, classWeight } = TRAIN_DEFAULTS;
  addPreprocessingOptions(command, TRAIN_DEFAULTS);
  command
    .option(
      '--validation-split <fraction>',
      'held out where there is no validation folder',
      parseNumber,
      validationSplit,
    )
    .addOption(groupByOption())
    .addOption(badImageOption(onBadImage))
    .addOption(
      choiceOption(
        '--class-weight <which>',
        'balanced: every class counts the same, however few photographs it has',
        ['none', 'balanced'],
        classWeight,
      ),
    )
    .option(
      '--no-check',
      'do not look for turned, dark, one-color, repeated and wrongly labeled images in the first epoch',
    )
    .option('--cache-memory <megabytes>', 'for decoded photographs (default: a share of what there is)', parseNumber);
}
