// Numbers in pages.

import { formatCount } from '../base/counts.js';

/** A fraction as a percentage: 97.3 %. Never rounded to a certainty that it is not: over 99.9 % and under 0.1 %. */
export function formatPercent(fraction: number): string {
  if (Number.isNaN(fraction)) return 'undefined';
  const percent = 100 * fraction;
  if (percent > 99.9 && percent < 100) return 'over 99.9 %';
  if (percent > 0 && percent < 0.1) return 'under 0.1 %';
  return `${Number(percent.toFixed(1))} %`;
}

/** The shape of what a layer puts out, without the batch: 148 × 148 × 32. */
export function formatOutput(shape: readonly number[]): string {
  return shape.slice(1).map(formatCount).join(' × ');
}
