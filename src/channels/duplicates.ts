// Finds channels that duplicate each other.

import { readSum } from './exact-sums.js';
import type { DuplicateChannels } from './report.js';
import { type ClassTally, type LayerTally, placeOfPair } from './tally.js';

/** Channels whose correlation is above it say the same. */
const duplicateCorrelation = 0.99;
/** Decimals that count: in those after them, shards that were added up differ from a single pass. */
const correlationDecimals = 6;

/**
 * The pairs of channels with a Pearson correlation above 0.99 over all positions of all images, the most alike first. A
 * channel that never changes, or has been NaN or infinite, is like no other.
 *
 * @returns null where the layer has too many channels to compare
 */
export function findDuplicates(tally: LayerTally): DuplicateChannels[] | null {
  const { channels, products, minima, maxima, nonFiniteCounts } = tally;
  if (products === null) return null;
  const compared = Array.from({ length: channels }, (_, channel) => channel).filter(
    (channel) => nonFiniteCounts[channel] === 0 && (minima[channel] as number) < (maxima[channel] as number),
  );
  const means = new Map(compared.map((channel) => [channel, meanOf(tally, channel)]));
  const covariance = (a: number, b: number) =>
    (products[placeOfPair(channels, a, b)] as number) / countValues(tally, a) -
    (means.get(a) as number) * (means.get(b) as number);
  const variances = new Map(compared.map((channel) => [channel, covariance(channel, channel)]));
  const found: DuplicateChannels[] = [];
  compared.forEach((a, index) => {
    for (const b of compared.slice(index + 1)) {
      const scale = Math.sqrt((variances.get(a) as number) * (variances.get(b) as number));
      const correlation = Math.min(1, Number((covariance(a, b) / scale).toFixed(correlationDecimals)));
      if (correlation > duplicateCorrelation) found.push({ channels: [a, b], correlation });
    }
  });
  return found.sort((a, b) => b.correlation - a.correlation);
}

/** Over all values of all images. */
export function meanOf({ classes }: LayerTally, channel: number): number {
  const imageCount = sumOver(classes, ({ imageCounts }) => imageCounts[channel] as number);
  return sumOver(classes, ({ means }) => readSum(means, channel)) / imageCount;
}

/** All values of a channel, of all images without NaN or infinities in it. */
export function countValues({ classes, positions }: LayerTally, channel: number): number {
  return positions * sumOver(classes, ({ imageCounts }) => imageCounts[channel] as number);
}

export function sumOver(classes: readonly ClassTally[], read: (ofClass: ClassTally) => number): number {
  return classes.reduce((sum, ofClass) => sum + read(ofClass), 0);
}
