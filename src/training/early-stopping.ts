// Decides whether training should continue.

import { isImprovement, type Monitor } from '../runs/monitor.js';

/**
 * Whether the newest epoch is the last one worth its time: no epoch in the last `patience` was better than the best before.
 * As Keras's
 * `EarlyStopping`, and a function of the epochs alone: there is no state that a run would have to resume with.
 *
 * @param values the monitored metric of every epoch
 * @param patience 0 is as 1
 */
export function isPatienceOver(values: readonly number[], monitor: Monitor, patience: number): boolean {
  let best: number | undefined;
  let waited = 0;
  for (const value of values) {
    waited++;
    if (!isImprovement(monitor, value, best)) continue;
    best = value;
    waited = 0;
  }
  return values.length > 1 && waited > 0 && waited >= patience;
}
