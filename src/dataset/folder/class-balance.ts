// Class weights that give unequal classes the same weight.

import type { LabeledFile } from './image-folder.js';

/** How many files each class has. */
export function countClasses(files: readonly LabeledFile[], classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0);
  for (const { classIndex } of files) counts[classIndex] = (counts[classIndex] as number) + 1;
  return counts;
}

/**
 * What an example of each class counts where all classes together shall count the same: n / (k n_c), for n examples of k
 * classes, n_c of them of this one. It is scikit-learn's `compute_class_weight('balanced')` (after King and Zeng, "Logistic
 * Regression in Rare Events Data", 2001); the mean over all examples is 1.
 *
 * @param counts all above 0
 */
export function balanceClasses(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => total / (counts.length * count));
}
