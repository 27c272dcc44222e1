// The options of learning-rate schedules, plateaus, early stopping and logging.

import { requireInteger, requireNumber } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import { choice, count, number, texts, toggle } from '../../options/kinds.js';
import { parseWhole } from '../../options/numbers.js';
import { type Behavior, defineKind, section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { MONITORS } from '../../runs/monitor.js';
import type { WeightsChoice } from '../../runs/run.js';

/** Epochs without improvement; false: no limit. */
const patience = defineKind<number | false>(() => ({
  parse: parseWhole,
  check(name, value) {
    if (value !== false) requireInteger(name, value as number, 0);
  },
  schema: { anyOf: [{ type: 'integer', minimum: 0 }, { const: false }] },
  placeholder: 'patience',
}));

const requireLowerRate: Behavior<number>['check'] = (name, value, { learningRate }) => {
  const expected = `a number from 0 to the learning rate, ${learningRate}`;
  requireNumber(name, value as number, expected, (rate) => rate >= 0 && rate <= (learningRate as number));
};

const WEIGHTS: readonly WeightsChoice[] = ['best', 'last'];

/** The defaults are Keras's. */
export const CALLBACK_OPTIONS = {
  ...section('Learning rate and stopping', {
    /** constant: `learningRate` throughout; cosine: falls from there to `finalLearningRate` */
    schedule: choice(['constant', 'cosine'], { default: 'constant', help: 'learning-rate schedule' }),
    /** epochs, or a part of one, in which the learning rate grows from 0 */
    warmupEpochs: number({
      default: 0,
      min: 0,
      help: 'epochs in which the learning rate first grows from 0 (.5: half an epoch)',
      placeholder: 'count',
    }),
    /** where the cosine ends */
    finalLearningRate: number({
      default: 0,
      min: 0,
      help: 'learning rate at the end of the cosine schedule',
      check: requireLowerRate,
    }),
    /**
     * length of the cosine in epochs, warm-up included; default: `epochs` when the run was started. A run that continues
     * beyond it stays at the final rate, unless this is changed.
     */
    scheduleEpochs: count({
      min: 1,
      help: 'length of the cosine schedule in epochs (default: --epochs)',
      resumable: true,
      check(name, value, { schedule }) {
        if (schedule !== 'cosine') throw badArgument(name, 'a cosine schedule together with it', value);
        requireInteger(name, value as number, 1);
      },
    }),
    /** multiply the learning rate by `plateauFactor` when the monitored metric has not improved; not with a cosine */
    reduceOnPlateau: toggle({
      default: false,
      help: 'reduce the learning rate when --monitor stops improving',
      negated: {},
    }),
    /** above 0 and below 1 */
    plateauFactor: number({
      default: 0.1,
      above: 0,
      below: 1,
      help: 'factor by which a plateau multiplies the learning rate',
    }),
    /** epochs without improvement */
    plateauPatience: count({
      default: 10,
      help: 'epochs without improvement that count as a plateau',
      placeholder: 'epochs',
    }),
    /** smaller changes do not count as an improvement */
    plateauMinDelta: number({
      default: 1e-4,
      min: 0,
      help: 'smallest change of --monitor that counts as an improvement',
    }),
    /** epochs to wait after a reduction before counting again; as in Keras, the last of them counts, so that 1 is no wait */
    plateauCooldown: count({
      default: 0,
      help: 'epochs to wait after a reduction before counting again',
      placeholder: 'epochs',
    }),
    /** lower limit for reductions of the learning rate */
    plateauMinLearningRate: number({
      default: 0,
      min: 0,
      help: 'lower limit for reductions of the learning rate',
      check: requireLowerRate,
    }),
    /** stop if the monitored metric has not improved for this many epochs; false: never */
    earlyStopping: patience({
      default: false,
      shownDefault: false,
      help: 'stop after this many epochs without improvement of --monitor',
      negated: { help: 'continue a run that has stopped early' },
      resumable: true,
    }),
    /** the metric that decides the best epoch, a plateau and early stopping; default: val_loss if there is validation */
    monitor: choice(MONITORS, {
      help: 'metric that decides the best epoch (default: val_loss if there is validation)',
      placeholder: 'metric',
    }),
  }),
  ...section('Run', {
    /** keep events in RUN/logs, for `tensorboard --logdir RUN/logs` */
    log: choice(['tensorboard'], {
      help: 'log curves, weights and images to RUN/logs',
      placeholder: 'format',
      resumable: true,
    }),
    /** images whose activations are kept after every epoch, in every layer before Flatten: what `timelapse` draws */
    probe: texts({
      help: 'keep what every layer makes of this image after each epoch, for timelapse; may be repeated',
      expected: 'at least one image file',
      placeholder: 'image',
      completes: 'file',
    }),
    /** serve the run to browsers of this computer while it is trained; without `probe`, of the first validation image of each class */
    live: toggle({
      default: false,
      help: 'watch the training in the browser: prints an address on this computer',
      resumable: true,
    }),
    /** keep the weights of every Nth epoch, to be looked at as `RUN@N`; those of the last two and of the best one always are */
    keepEpochs: count({
      min: 1,
      help: 'keep the weights of every Nth epoch, named RUN@N (default: the best and the last two)',
      resumable: true,
    }),
    /** which weights of this run commands use by default; the last if no epoch is known to be the best */
    defaultWeights: choice(WEIGHTS, {
      default: 'best',
      help: 'weights of this run that other commands use',
      placeholder: 'which',
      resumable: true,
    }),
  }),
};

/** Learning-rate schedules, plateaus and early stopping. */
export interface CallbackOptions extends OptionsOf<typeof CALLBACK_OPTIONS> {}

/** Options with all defaults filled in. */
export type CallbackSettings = CallbackOptions & DefaultsOf<typeof CALLBACK_OPTIONS>;
