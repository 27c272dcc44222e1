// The metric by which epochs are compared.

import type { EpochMetrics, History } from './history.js';

/** The metrics by which epochs can be compared, under Keras's names. */
export const MONITORS = ['val_loss', 'val_accuracy', 'loss', 'accuracy'] as const;
export type Monitor = (typeof MONITORS)[number];

const KEYS: Record<Monitor, keyof EpochMetrics> = {
  val_loss: 'val_loss',
  val_accuracy: 'val_acc',
  loss: 'loss',
  accuracy: 'acc',
};

/** One metric of every epoch. */
export function monitoredValues(history: History, monitor: Monitor): number[] {
  return history[KEYS[monitor]] ?? [];
}

/**
 * Whether an epoch's metric beats the best so far by more than `minDelta`: a loss below, an accuracy above it. A tie does
 * not. A value that is not finite never does (Keras takes a first epoch's NaN for the best, which nothing beats any more).
 *
 * @param best undefined before there is one
 */
export function isImprovement(monitor: Monitor, value: number, best: number | undefined, minDelta = 0): boolean {
  if (!Number.isFinite(value)) return false;
  if (best === undefined) return true;
  return monitor.endsWith('loss') ? value + minDelta < best : value - minDelta > best;
}
