// Shapes in pages.

import { formatCount } from '../base/counts.js';
import { formatPercent, formatSignificant } from '../base/numbers.js';

/** A shape without the batch: 148 × 148 × 32. */
export function formatShape(shape: readonly number[]): string {
  return shape.map(formatCount).join(' × ');
}

/** A probability among others: where even the largest is below 1 %, to four digits, so that they differ. */
export function formatShare(probability: number, largest: number): string {
  const percent = 100 * probability;
  return largest < 0.01 && percent >= 0.001 ? `${formatSignificant(percent, 4)} %` : formatPercent(probability);
}

/** Whether several classes have the largest of all probabilities: the first of them is then neither right nor wrong. */
export function isTied(probabilities: readonly number[]): boolean {
  const largest = Math.max(...probabilities);
  return probabilities.indexOf(largest) !== probabilities.lastIndexOf(largest);
}
