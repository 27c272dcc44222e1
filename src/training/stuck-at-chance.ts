// Warns of a network that learns nothing.

import type { History } from '../runs/history.js';

/** As many of the last epochs are looked at. */
const EPOCHS = 5;

/** What guessing scores on some images. */
export interface Chance {
  /** the largest class's share of the images: what always naming it scores */
  accuracy: number;
  /** images evaluated in each epoch */
  images: number;
  /** one class outweighs another by far, and both count by their numbers */
  isImbalanced?: boolean;
}

/**
 * Describes, in one line, a network that has learned nothing in five epochs: neither in training nor in validation is its
 * accuracy over them more than two standard errors above that of predicting the largest class. Reported when that begins,
 * not again in each epoch after.
 *
 * @param validation absent where there is none
 */
export function describeStuckAtChance(
  { acc, val_acc }: History,
  train: Chance,
  validation: Chance | undefined,
): string | undefined {
  const isStuck = (end: number) =>
    isChance(acc, end, train) && (validation === undefined || isChance(val_acc, end, validation));
  const epochs = acc?.length ?? 0;
  if (!isStuck(epochs) || isStuck(epochs - 1)) return undefined;
  const accuracy = meanOf(acc?.slice(-EPOCHS) ?? []).toFixed(3);
  const remedy = train.isImbalanced ? '--class-weight balanced, or a different' : 'a different';
  return (
    `the network is stuck at chance: its accuracy in the last ${EPOCHS} epochs is ${accuracy}, always predicting the largest ` +
    `class scores ${train.accuracy.toFixed(3)}; ${remedy} --learning-rate or --seed may help`
  );
}

/** Of the epochs before `end`. */
function isChance(accuracies: readonly number[] | undefined, end: number, { accuracy, images }: Chance): boolean {
  if (accuracies === undefined || end < EPOCHS) return false;
  const standardError = Math.sqrt((accuracy * (1 - accuracy)) / (EPOCHS * images));
  return meanOf(accuracies.slice(end - EPOCHS, end)) <= accuracy + 2 * standardError;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
