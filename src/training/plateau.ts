// The rate as a function of the epochs so far.

import { isImprovement, type Monitor } from '../runs/monitor.js';

export interface Plateau {
  monitor: Monitor;
  /** what the learning rate is multiplied by, above 0 and below 1 */
  factor: number;
  /** epochs without improvement before that happens */
  patience: number;
  /** smaller changes do not count as an improvement */
  minDelta: number;
  /** epochs to wait after it before any is counted again; the last of them is, as Keras counts down first */
  cooldown: number;
  /** below which it never leads */
  minLearningRate: number;
}

/**
 * The learning rate after some epochs, as Keras's `ReduceLROnPlateau` has it. A function of the epochs alone:
 * there is no state that a run would have to resume with.
 *
 * @param values the monitored metric of every epoch
 */
export function plateauRate(learningRate: number, values: readonly number[], plateau: Plateau): number {
  // A rate that is below the least one already, as in a warm-up, stays what it is.
  return Math.max(learningRate * plateauScale(values, plateau), Math.min(learningRate, plateau.minLearningRate));
}

function plateauScale(values: readonly number[], { monitor, factor, patience, minDelta, cooldown }: Plateau): number {
  let scale = 1;
  let best: number | undefined;
  let waited = 0;
  let cooling = 0;
  for (const value of values) {
    if (cooling > 0) cooling--;
    if (isImprovement(monitor, value, best, minDelta)) {
      best = value;
      waited = 0;
    } else if (cooling === 0 && ++waited >= patience) {
      scale *= factor;
      waited = 0;
      cooling = cooldown;
    }
  }
  return scale;
}
