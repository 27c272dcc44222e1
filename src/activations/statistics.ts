/** One channel of an activation in numbers. NaN and infinity are counted and kept out of everything else. */
export interface ChannelStatistics {
  /** smallest finite value; null when there is none */
  min: number | null;
  max: number | null;
  mean: number | null;
  /** of the population, as NumPy's `std` */
  standardDeviation: number | null;
  /** share of the finite values that are exactly 0, 0..1; 1 is a dead channel */
  zeroFraction: number | null;
  nanCount: number;
  infinityCount: number;
}

/** What is counted while a channel is read once, its mean and its squared distance from the mean apart. */
interface Tally {
  min: number;
  max: number;
  sum: number;
  zeros: number;
  finite: number;
  nans: number;
}

/** Statistics of `values`, one channel's numbers in any order. */
export function describeChannel(values: Float32Array): ChannelStatistics {
  const tally = countValues(values);
  const { finite, nans } = tally;
  const counts = { nanCount: nans, infinityCount: values.length - finite - nans };
  if (finite === 0) {
    return { min: null, max: null, mean: null, standardDeviation: null, zeroFraction: null, ...counts };
  }
  const mean = tally.sum / finite;
  return {
    min: tally.min,
    max: tally.max,
    mean,
    standardDeviation: Math.sqrt(sumOfSquares(values, mean) / finite),
    zeroFraction: tally.zeros / finite,
    ...counts,
  };
}

function countValues(values: Float32Array): Tally {
  const tally: Tally = { min: Infinity, max: -Infinity, sum: 0, zeros: 0, finite: 0, nans: 0 };
  for (const value of values) {
    if (Number.isFinite(value)) {
      if (value < tally.min) tally.min = value;
      if (value > tally.max) tally.max = value;
      tally.sum += value;
      tally.finite++;
      if (value === 0) tally.zeros++;
    } else if (Number.isNaN(value)) tally.nans++;
  }
  return tally;
}

// A second pass: E[x^2] - E[x]^2 loses every digit where the mean is large against the spread.
function sumOfSquares(values: Float32Array, mean: number): number {
  let sum = 0;
  for (const value of values) {
    if (Number.isFinite(value)) sum += (value - mean) * (value - mean);
  }
  return sum;
}
