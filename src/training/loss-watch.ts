// Warns of a loss that diverges.

import type { TrainingProgress } from '../runs/training-progress.js';

const TIMES = 10;
const STEPS = 20;

/**
 * Warns of a loss that stays far above what it was in the first epoch, once each time that it does.
 *
 * @param progress where the steps are counted, so that a resumed run continues the count
 * @param loss of one step
 * @param step from 1, of all epochs
 * @returns one line, or undefined
 */
export function watchLoss(
  progress: Pick<TrainingProgress, 'history' | 'runawaySteps'>,
  loss: number,
  step: number,
): string | undefined {
  const firstMean = progress.history.loss?.[0];
  const isAbove = firstMean !== undefined && loss > TIMES * firstMean;
  progress.runawaySteps = isAbove ? progress.runawaySteps + 1 : 0;
  if (firstMean === undefined || progress.runawaySteps !== STEPS) return undefined;
  return (
    `the loss has been over ${TIMES} times the first epoch's mean (${firstMean.toFixed(4)}) for ${STEPS} steps, ` +
    `${loss.toPrecision(4)} at step ${step}: a lower --learning-rate may help`
  );
}
