// Learning-rate schedules, plateaus and early stopping, as Keras's callbacks have them.

import { formatAmount } from '../../base/counts.js';
import { badArgument } from '../../base/errors.js';
import type { History } from '../../runs/history.js';
import { monitoredValues } from '../../runs/monitor.js';
import { isPatienceOver } from '../../training/early-stopping.js';
import { scheduledRate } from '../../training/learning-rate.js';
import { plateauRate } from '../../training/plateau.js';
import type { EventListener } from '../shared/events.js';
import type { CallbackSettings } from './callback-options.js';

/**
 * Checks what the options are together, and writes down how long a cosine takes.
 *
 * @throws CnnvizError BAD_ARGUMENT
 */
export function resolveCallbackOptions<Settings extends CallbackSettings & { epochs: number }>(
  settings: Settings,
): Settings {
  const { schedule, warmupEpochs, reduceOnPlateau, epochs } = settings;
  if (reduceOnPlateau && schedule === 'cosine') {
    throw badArgument('reduceOnPlateau', 'a constant schedule together with it', `a ${schedule} schedule`);
  }
  const scheduleEpochs = settings.scheduleEpochs ?? (schedule === 'cosine' ? epochs : undefined);
  if (scheduleEpochs === undefined) return settings;
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

/**
 * Resolves the metric by which epochs are compared: none without validation, unless a training metric was asked for.
 *
 * @throws CnnvizError BAD_ARGUMENT when there cannot be the one that was asked for, or that is needed
 */
export function resolveMonitor<Settings extends CallbackSettings>(
  settings: Settings,
  hasValidation: boolean,
): Settings {
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
