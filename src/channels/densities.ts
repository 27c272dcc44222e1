// How the images of a class are spread over the means of a channel.

import { createHistogram, type Histogram, intervalOf, listBins, mergeHistograms } from './histogram.js';
import type { LayerTally } from './tally.js';

/** Groups of images on one scale of a channel's means. */
export interface Densities {
  /** the ends of the scale: the lowest and the highest mean of any image, to a bin of the histograms */
  low: number;
  high: number;
  /** of each group, the shares of its images in bins of equal width: 1 in all */
  groups: Float64Array[];
}

/** Bins of equal width: Rice's rule, 2 times the cube root of the number of images, between these. */
const [binsAtLeast, binsAtMost] = [4, 24];

/**
 * How the images of one class, and all others together, are spread over a channel's means; all images in one group without a
 * class. Comes of the counts alone: merged shards give what one pass gives, to the last bit.
 *
 * @returns null where a group is empty or all images have the same mean
 */
export function measureDensities(
  { classes }: LayerTally,
  channel: number,
  classIndex: number | null,
): Densities | null {
  const histograms = classes.map((ofClass) => ofClass.histograms[channel] as Histogram);
  const groups =
    classIndex === null
      ? [mergeAll(histograms)]
      : [histograms[classIndex] as Histogram, mergeAll(histograms.toSpliced(classIndex, 1))];
  const bins = groups.map((histogram) =>
    listBins(histogram).map(({ place, count }) => ({ ...intervalOf(place), count })),
  );
  const sizes = bins.map((group) => group.reduce((sum, { count }) => sum + count, 0));
  const low = Math.min(...bins.flatMap((group) => group[0]?.from ?? []));
  const high = Math.max(...bins.flatMap((group) => group.at(-1)?.to ?? []));
  if (sizes.includes(0) || !(low < high)) return null;
  const binCount = Math.max(binsAtLeast, Math.min(binsAtMost, Math.round(2 * Math.cbrt(Math.min(...sizes)))));
  return {
    low,
    high,
    groups: bins.map((group, index) => {
      const shares = new Float64Array(binCount);
      for (const { from, to, count } of group) {
        const scale = (value: number) => ((value - low) / (high - low)) * binCount;
        spread(shares, scale(from), scale(to), count / (sizes[index] as number));
      }
      return shares;
    }),
  };
}

function mergeAll(histograms: readonly Histogram[]): Histogram {
  const all = createHistogram();
  for (const histogram of histograms) mergeHistograms(all, histogram);
  return all;
}

/** Adds a share evenly over the bins between two places, in bins. */
function spread(shares: Float64Array, from: number, to: number, share: number): void {
  const last = Math.min(shares.length - 1, Math.ceil(to) - 1);
  const first = Math.min(Math.floor(from), shares.length - 1);
  for (let bin = first; bin <= Math.max(first, last); bin++) {
    const part = to > from ? (Math.min(bin + 1, to) - Math.max(bin, from)) / (to - from) : 1;
    shares[bin] = (shares[bin] as number) + share * part;
  }
}
