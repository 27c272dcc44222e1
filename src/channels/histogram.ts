// Counts numbers in bins whose width grows with the numbers.

/**
 * How many of some numbers lie in which bin. The bins are the floats that share their sign, exponent and first 7 bits of the
 * mantissa: each is at most 1/128 of its numbers wide, however large or small they are, and where they lie does not depend
 * on the data, so that histograms add up exactly. Zero, and what is nearer to it than 2^-133, has a bin of its own.
 */
export interface Histogram {
  zeroCount: number;
  positive: Bins;
  negative: Bins;
}

/** Counts of bins next to each other. */
interface Bins {
  /** number of the first one */
  first: number;
  counts: Uint32Array;
}

/** One bin that holds something; a higher `place` means larger numbers. */
export interface Bin {
  place: number;
  count: number;
}

/** Of the 23 bits of a float's mantissa, those that do not matter. */
const DROPPED_BITS = 16;
/** of all floats */
const LARGEST = 2 ** 128 * (1 - 2 ** -24);
/** Bins grow in steps of an octave. */
const GROWTH = 128;

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

export function createHistogram(): Histogram {
  return { zeroCount: 0, positive: createBins(), negative: createBins() };
}

function createBins(): Bins {
  return { first: 0, counts: new Uint32Array(0) };
}

/** @param value finite; its nearest float is counted */
export function countValue(histogram: Histogram, value: number): void {
  float[0] = Math.abs(value);
  const bin = (bits[0] as number) >> DROPPED_BITS;
  if (bin === 0) histogram.zeroCount++;
  else addCount(value > 0 ? histogram.positive : histogram.negative, bin, 1);
}

export function mergeHistograms(into: Histogram, from: Histogram): void {
  into.zeroCount += from.zeroCount;
  for (const side of ['positive', 'negative'] as const) {
    from[side].counts.forEach((count, index) => {
      if (count > 0) addCount(into[side], from[side].first + index, count);
    });
  }
}

/** The bins that hold something, from the lowest numbers to the highest. */
export function listBins({ zeroCount, positive, negative }: Histogram): Bin[] {
  const bins: Bin[] = [];
  for (let index = negative.counts.length - 1; index >= 0; index--) {
    const count = negative.counts[index] as number;
    if (count > 0) bins.push({ place: -(negative.first + index), count });
  }
  if (zeroCount > 0) bins.push({ place: 0, count: zeroCount });
  positive.counts.forEach((count, index) => {
    if (count > 0) bins.push({ place: positive.first + index, count });
  });
  return bins;
}

export function countAt({ zeroCount, positive, negative }: Histogram, place: number): number {
  if (place === 0) return zeroCount;
  const { first, counts } = place > 0 ? positive : negative;
  return counts[Math.abs(place) - first] ?? 0;
}

/** The numbers that a bin stands for. */
export function intervalOf(place: number): { from: number; to: number } {
  if (place === 0) return { from: 0, to: 0 };
  const [near, far] = [Math.abs(place), Math.abs(place) + 1].map(decodeBin) as [number, number];
  return place > 0 ? { from: near, to: far } : { from: -far, to: -near };
}

/** The smallest number of a bin; beyond the last one, the largest that there is. */
function decodeBin(bin: number): number {
  bits[0] = bin << DROPPED_BITS;
  return Math.min(float[0] as number, LARGEST);
}

function addCount(bins: Bins, bin: number, count: number): void {
  const isCovered = bin >= bins.first && bin < bins.first + bins.counts.length;
  if (!isCovered) grow(bins, bin);
  const index = bin - bins.first;
  bins.counts[index] = (bins.counts[index] as number) + count;
}

function grow(bins: Bins, bin: number): void {
  const isEmpty = bins.counts.length === 0;
  const from = Math.floor(Math.min(bin, isEmpty ? bin : bins.first) / GROWTH) * GROWTH;
  const end = Math.max(bin + 1, isEmpty ? 0 : bins.first + bins.counts.length);
  const counts = new Uint32Array(Math.ceil((end - from) / GROWTH) * GROWTH);
  counts.set(bins.counts, isEmpty ? 0 : bins.first - from);
  bins.first = from;
  bins.counts = counts;
}
