import { isImprovement, type Monitor } from '../model/monitor.js';

export interface Plateau {
  monitor: Monitor;
  /** what the learning rate is multiplied by, above 0 and below 1 */
  factor: number;
  /** epochs without improvement before that happens */
  patience: number;
  /** what does not exceed this is no improvement */
  minDelta: number;
}

/**
 * What the learning rate is multiplied by after some epochs, as Keras's `ReduceLROnPlateau` without cooldown has it. A
 * function of the epochs alone: there is no state that a run would have to resume with.
 *
 * @param values the monitored figure of every epoch
 */
export function plateauScale(values: readonly number[], { monitor, factor, patience, minDelta }: Plateau): number {
  let scale = 1;
  let best: number | undefined;
  let waited = 0;
  for (const value of values) {
    if (isImprovement(monitor, value, best, minDelta)) {
      best = value;
      waited = 0;
    } else if (++waited >= patience) {
      scale *= factor;
      waited = 0;
    }
  }
  return scale;
}
