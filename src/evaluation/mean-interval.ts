// The confidence interval of a mean, and whether it is above 0.

import type { Interval } from './wilson-interval.js';

/** 97.5 % of a normal distribution lie below it. */
const Z = 1.959963984540054;

/** A mean, and an interval that holds that of all images with 95 % confidence. */
export interface MeanInterval extends Interval {
  mean: number;
}

/**
 * The mean of some values, and its 95 % confidence interval by Student's t. Of paired differences: that of the mean difference.
 * A single value says nothing of the others: its interval is infinite.
 *
 * @param values one at least
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, low: -Infinity, high: Infinity };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = studentQuantile(count - 1) * Math.sqrt(variance / count);
  return { mean, low: mean - half, high: mean + half };
}

/**
 * How likely a mean as far above 0 or farther to either side is if the true one is 0, by Student's t; 1 where it is not above 0. Below
 * 0.05 where the 95 % interval begins above 0.
 *
 * @param values one at least
 */
export function meanAboveZero(values: readonly number[]): number {
  const { mean, low } = meanInterval(values);
  if (!(mean > 0) || low === -Infinity) return 1;
  const count = values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return studentTails(mean / Math.sqrt(variance / count), count - 1);
}

/** What lies beyond -t and t in Student's t distribution: Abramowitz and Stegun, 26.7.3 and 26.7.4, exact. */
function studentTails(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= ((power - 1) / power) * cosine ** 2;
    sum += term;
  }
  const inside = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.max(0, 1 - inside);
}

/**
 * What 97.5 % of Student's t distribution lie below: exact for one and two degrees of freedom, else Cornish and Fisher's expansion
 * (Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.5), which is off by less than 0.02 at three and by less than
 * 0.001 from six on.
 */
function studentQuantile(freedom: number): number {
  if (freedom === 1) return Math.tan(0.475 * Math.PI);
  if (freedom === 2) return 0.95 / Math.sqrt(2 * 0.975 * 0.025);
  const g1 = (Z ** 3 + Z) / 4;
  const g2 = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96;
  const g3 = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384;
  const g4 = (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92160;
  return Z + g1 / freedom + g2 / freedom ** 2 + g3 / freedom ** 3 + g4 / freedom ** 4;
}
