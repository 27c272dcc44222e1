// Options of the learning rate and of the end.

import { type Command, Option } from 'commander';
import { choiceOption, parseCount, parseNumber } from '../../cli/options.js';
import { CALLBACK_DEFAULTS, MONITORS } from './callback-options.js';

/** Adds what Keras has its callbacks and learning-rate schedules for. */
export function addCallbackOptions(command: Command): void {
  const { schedule, warmupEpochs, finalLearningRate, defaultWeights } = CALLBACK_DEFAULTS;
  const { plateauFactor, plateauPatience, plateauMinDelta, plateauCooldown, plateauMinLearningRate } =
    CALLBACK_DEFAULTS;
  command
    .addOption(choiceOption('--schedule <name>', 'how the learning rate goes', ['constant', 'cosine'], schedule))
    .option('--warmup-epochs <count>', 'let it grow from 0 first (.5: half an epoch)', parseNumber, warmupEpochs)
    .option('--final-learning-rate <number>', 'where the cosine ends', parseNumber, finalLearningRate)
    .option('--schedule-epochs <count>', 'when it ends (default: --epochs of the run as it was started)', parseCount)
    .option('--reduce-on-plateau', 'reduce the learning rate when --monitor no longer improves')
    .option('--plateau-factor <number>', 'what it is multiplied by', parseNumber, plateauFactor)
    .option('--plateau-patience <epochs>', 'epochs without improvement', parseCount, plateauPatience)
    .option('--plateau-min-delta <number>', 'what does not exceed this is none', parseNumber, plateauMinDelta)
    .option('--plateau-cooldown <epochs>', 'epochs to wait before counting again', parseCount, plateauCooldown)
    .option(
      '--plateau-min-learning-rate <number>',
      'what the learning rate is not reduced below',
      parseNumber,
      plateauMinLearningRate,
    )
    .option('--early-stopping <patience>', 'end after so many epochs in which --monitor did not improve', parseCount)
    .option('--no-early-stopping', 'go on with a run that was stopped early')
    .addOption(
      new Option(
        '--monitor <figure>',
        'what tells the best epoch (default: val_loss where there is validation)',
      ).choices(MONITORS),
    )
    .addOption(new Option('--log <format>', 'keep curves, weights and pictures in RUN/logs').choices(['tensorboard']))
    .addOption(
      choiceOption('--default-weights <which>', 'what other commands use of the run', ['best', 'last'], defaultWeights),
    );
}
