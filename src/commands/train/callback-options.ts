import { requireFlag, requireInteger, requireNumber, requireOneOf } from '../../base/arguments.js';
import { formatAmount } from '../../base/counts.js';
import { badArgument } from '../../base/errors.js';
import type { History } from '../../runs/history.js';
import { MONITORS, type Monitor, monitoredValues } from '../../runs/monitor.js';
import type { WeightsChoice } from '../../runs/run.js';
import { isPatienceOver } from '../../training/early-stopping.js';
import { scheduledRate } from '../../training/learning-rate.js';
import { plateauRate } from '../../training/plateau.js';
import type { EventListener } from '../shared/events.js';

export { MONITORS };

/** What Keras has its callbacks and learning-rate schedules for. */
export interface CallbackOptions {
  /** constant: `learningRate` throughout; cosine: falls from there to `finalLearningRate` */
  schedule?: 'constant' | 'cosine';
  /** epochs, or a part of one, in which the learning rate grows from 0 */
  warmupEpochs?: number;
  /** where the cosine ends */
  finalLearningRate?: number;
  /**
   * epochs after which the cosine has ended, warm-up included; default: `epochs` as the run was started. A run that goes on
   * beyond it does so at the final rate, unless it is given another one.
   */
  scheduleEpochs?: number;
  /** multiply the learning rate by `plateauFactor` when the monitored metric has not improved; not with a cosine */
  reduceOnPlateau?: boolean;
  /** above 0 and below 1 */
  plateauFactor?: number;
  /** epochs without improvement */
  plateauPatience?: number;
  /** what does not exceed this is no improvement */
  plateauMinDelta?: number;
  /** epochs to wait after a reduction before any is counted again; as in Keras, the last of them is: 1 is no wait */
  plateauCooldown?: number;
  /** what the learning rate is never reduced below */
  plateauMinLearningRate?: number;
  /** end when the monitored metric has not improved for so many epochs; false: never */
  earlyStopping?: number | false;
  /** the metric that decides the best epoch, a plateau and early stopping; default: val_loss where there is validation */
  monitor?: Monitor;
  /** which weights of this run commands use by default; the last if no epoch is known to be the best */
  defaultWeights?: WeightsChoice;
  /** keep events in RUN/logs, for `tensorboard --logdir RUN/logs` */
  log?: 'tensorboard';
}

/** Keras's. */
export const CALLBACK_DEFAULTS = {
  schedule: 'constant',
  warmupEpochs: 0,
  finalLearningRate: 0,
  reduceOnPlateau: false,
  plateauFactor: 0.1,
  plateauPatience: 10,
  plateauMinDelta: 1e-4,
  plateauCooldown: 0,
  plateauMinLearningRate: 0,
  earlyStopping: false,
  defaultWeights: 'best',
} as const satisfies CallbackOptions;

/** Options with every default in its place. */
export type CallbackSettings = CallbackOptions & Required<Pick<CallbackOptions, keyof typeof CALLBACK_DEFAULTS>>;

/**
 * Checks the options, and writes down how long a cosine takes.
 *
 * @throws CnnvizError BAD_ARGUMENT
 */
export function settleCallbackOptions<Settings extends CallbackSettings & { epochs: number; learningRate: number }>(
  settings: Settings,
): Settings {
  const { schedule, warmupEpochs, finalLearningRate, epochs } = settings;
  requireOneOf('schedule', schedule, ['constant', 'cosine']);
  requireNumber('warmupEpochs', warmupEpochs, 'a number of at least 0', (count) => count >= 0);
  requireLowerRate('finalLearningRate', finalLearningRate, settings);
  checkPlateau(settings);
  if (settings.earlyStopping !== false) requireInteger('earlyStopping', settings.earlyStopping, 0);
  requireOneOf('defaultWeights', settings.defaultWeights, ['best', 'last']);
  if (settings.log !== undefined) requireOneOf('log', settings.log, ['tensorboard']);
  if (settings.monitor !== undefined) requireOneOf('monitor', settings.monitor, MONITORS);
  const scheduleEpochs = settings.scheduleEpochs ?? (schedule === 'cosine' ? epochs : undefined);
  if (scheduleEpochs === undefined) return settings;
  if (schedule !== 'cosine') throw badArgument('scheduleEpochs', 'a cosine schedule together with it', scheduleEpochs);
  requireInteger('scheduleEpochs', scheduleEpochs, 1);
  if (warmupEpochs >= scheduleEpochs) {
    const expected = `less than the ${formatAmount(scheduleEpochs, 'epoch')} of the schedule`;
    throw badArgument(
      'warmupEpochs',
      expected,
      warmupEpochs,
      'Set it as well if a recipe or another run has a longer one.',
    );
  }
  return { ...settings, scheduleEpochs };
}

function requireLowerRate(name: string, value: number, { learningRate }: { learningRate: number }): void {
  const expected = `a number from 0 to the learning rate, ${learningRate}`;
  requireNumber(name, value, expected, (rate) => rate >= 0 && rate <= learningRate);
}

function checkPlateau(settings: CallbackSettings & { learningRate: number }): void {
  const { reduceOnPlateau, plateauFactor, plateauPatience, plateauMinDelta, schedule } = settings;
  requireFlag('reduceOnPlateau', reduceOnPlateau);
  requireNumber('plateauFactor', plateauFactor, 'a number above 0 and below 1', (factor) => factor > 0 && factor < 1);
  requireInteger('plateauPatience', plateauPatience, 0);
  requireNumber('plateauMinDelta', plateauMinDelta, 'a number of at least 0', (delta) => delta >= 0);
  requireInteger('plateauCooldown', settings.plateauCooldown, 0);
  requireLowerRate('plateauMinLearningRate', settings.plateauMinLearningRate, settings);
  if (reduceOnPlateau && schedule === 'cosine') {
    throw badArgument('reduceOnPlateau', 'a constant schedule together with it', `a ${schedule} schedule`);
  }
}

/**
 * Resolves the metric by which epochs are compared: none without validation, unless a training metric was asked for.
 *
 * @throws CnnvizError BAD_ARGUMENT when there cannot be the one that was asked for, or that is needed
 */
export function settleMonitor<Settings extends CallbackSettings>(settings: Settings, hasValidation: boolean): Settings {
  const { monitor, earlyStopping, reduceOnPlateau } = settings;
  if (hasValidation) return { ...settings, monitor: monitor ?? 'val_loss' };
  const isNeeded = earlyStopping !== false || reduceOnPlateau;
  if (monitor === undefined ? !isNeeded : !monitor.startsWith('val_')) return settings;
  throw badArgument('monitor', 'loss or accuracy, since there are no validation images', monitor ?? 'val_loss');
}

/** The learning rate of any step, a function of the options, the step and the whole epochs before it. */
export function planLearningRate(
  settings: CallbackSettings & { learningRate: number },
  stepsPerEpoch: number,
): (step: number, history: History) => number {
  const { schedule, learningRate, finalLearningRate, warmupEpochs, scheduleEpochs = 0 } = settings;
  const { reduceOnPlateau, monitor } = settings;
  const warmupSteps = Math.round(warmupEpochs * stepsPerEpoch);
  const totalSteps = scheduleEpochs * stepsPerEpoch;
  const steps = { kind: schedule, learningRate, finalLearningRate, warmupSteps, totalSteps };
  if (!reduceOnPlateau || monitor === undefined) return (step) => scheduledRate(steps, step);
  const plateau = {
    monitor,
    factor: settings.plateauFactor,
    patience: settings.plateauPatience,
    minDelta: settings.plateauMinDelta,
    cooldown: settings.plateauCooldown,
    minLearningRate: settings.plateauMinLearningRate,
  };
  return (step, history) => plateauRate(scheduledRate(steps, step), monitoredValues(history, monitor), plateau);
}

/** Warns of epochs after the end of a cosine that ends at 0. */
export function warnOfSpentSchedule(settings: CallbackSettings & { epochs: number }, onEvent: EventListener): void {
  const { scheduleEpochs, finalLearningRate, epochs } = settings;
  if (scheduleEpochs === undefined || finalLearningRate > 0 || epochs <= scheduleEpochs) return;
  const message = `the cosine ends at a learning rate of 0 after epoch ${scheduleEpochs}, so later epochs learn nothing; --schedule-epochs ${epochs} stretches it`;
  onEvent({ type: 'warning', message });
}

/** Whether a run has stopped before its last epoch. */
export function planEarlyStopping({ earlyStopping, monitor }: CallbackSettings): (history: History) => boolean {
  if (earlyStopping === false || monitor === undefined) return () => false;
  return (history) => isPatienceOver(monitoredValues(history, monitor), monitor, earlyStopping);
}
