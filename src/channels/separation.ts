import { countAt, type Histogram, listBins } from './histogram.js';

/** How well a number separates the members of a class from the others. */
export interface Separation {
  /** how probable it is that a member has the larger number, ties counting half: 0..1 */
  auc: number;
  /** how far `auc` can be off at most, because what lies in one bin counts as tied */
  error: number;
}

/**
 * The area under the ROC curve, from histograms: the Mann-Whitney statistic over the number of pairs. Numbers in one bin
 * count as tied, and each such pair can be wrong by no more than a half.
 *
 * @param all of everybody, the members among them
 * @returns null where there are no members, or nobody else
 */
export function measureSeparation(members: Histogram, all: Histogram): Separation | null {
  let [memberCount, otherCount, wins, tied] = [0, 0, 0, 0];
  for (const { place, count } of listBins(all)) {
    const inClass = countAt(members, place);
    const others = count - inClass;
    wins += inClass * (otherCount + others / 2);
    // Zeros are tied in truth.
    if (place !== 0) tied += (inClass * others) / 2;
    memberCount += inClass;
    otherCount += others;
  }
  const pairs = memberCount * otherCount;
  return pairs === 0 ? null : { auc: wins / pairs, error: tied / pairs };
}

/** Count, sum and sum of squares of some numbers. */
export interface Moments {
  count: number;
  sum: number;
  squareSum: number;
}

/**
 * Cohen's d: the difference of two means over the pooled standard deviation, each variance of the sample (J. Cohen,
 * Statistical Power Analysis for the Behavioral Sciences, 2nd edition, 1988, 2.5.2).
 *
 * @returns null where a group is empty, both have one member, or all numbers of each are the same
 */
export function measureEffect(members: Moments, others: Moments): number | null {
  if (members.count === 0 || others.count === 0) return null;
  const degrees = members.count + others.count - 2;
  const variance = (sumDeviations(members) + sumDeviations(others)) / degrees;
  if (!(variance > 0)) return null;
  return (members.sum / members.count - others.sum / others.count) / Math.sqrt(variance);
}

/** The sum of the squared distances from the mean; of rounding alone: 0. */
export function sumDeviations({ count, sum, squareSum }: Moments): number {
  if (count < 2) return 0;
  const deviations = squareSum - (sum * sum) / count;
  return deviations > 8 * Number.EPSILON * squareSum ? deviations : 0;
}
