// The strongest responses of a layer's channels, and how the classes' images are spread: as large after a million images as after one.

import { countValue, createHistogram, type Histogram, mergeHistograms } from '../channels/histogram.js';
import type { ChannelPeaks } from '../engines/contract/channel-peaks.js';

/** Kept of one layer. Plain data, so that it can be written; tallies add up exactly, in any order. */
export interface PeakTally {
  channels: number;
  /** images kept of each channel */
  count: number;
  /**
   * [channels, count]: the largest value of the channel on an image, the strongest image first. Bounded activations reach
   * their end on many images: of those the one with the larger mean, and of equals the first in the list
   */
  values: Float32Array;
  /** the channel's mean on that image */
  imageMeans: Float32Array;
  /** the image; -1 where there are fewer on which the channel fires */
  fileIndexes: Float64Array;
  /** where on the map the value lies: row times columns plus column */
  places: Float64Array;
  /** images on which the channel fires */
  firingImageCounts: Float64Array;
  /** images on which it reaches the highest of its values */
  highestImageCounts: Float64Array;
  /** images on which some value is NaN or infinite: they count for nothing else */
  nonFiniteImageCounts: Float64Array;
  /** of the images' means: [class][channel]; a single class for images without classes */
  means: Histogram[][];
}

export function createPeaks(channels: number, classCount: number, count: number): PeakTally {
  return {
    channels,
    count,
    values: new Float32Array(channels * count),
    imageMeans: new Float32Array(channels * count),
    fileIndexes: new Float64Array(channels * count).fill(-1),
    places: new Float64Array(channels * count),
    firingImageCounts: new Float64Array(channels),
    highestImageCounts: new Float64Array(channels),
    nonFiniteImageCounts: new Float64Array(channels),
    means: Array.from({ length: Math.max(1, classCount) }, () => Array.from({ length: channels }, createHistogram)),
  };
}

/**
 * Adds one image of a batch. A channel that has a value which is not finite is not measured on this image.
 *
 * @param image its place in the batch
 * @param classIndex 0 for images without classes
 * @param fileIndex its place in the list of all images, shards or not
 */
export function addPeaks(
  tally: PeakTally,
  peaks: ChannelPeaks,
  image: number,
  classIndex: number,
  fileIndex: number,
): void {
  for (let channel = 0; channel < tally.channels; channel++) {
    const at = image * tally.channels + channel;
    const mean = peaks.means[at] as number;
    if (!Number.isFinite(mean)) {
      increase(tally.nonFiniteImageCounts, channel, 1);
      continue;
    }
    countValue(tally.means[classIndex]?.[channel] as Histogram, mean);
    const value = peaks.maxima[at] as number;
    if (value <= 0) continue;
    increase(tally.firingImageCounts, channel, 1);
    countHighest(tally, channel, value, 1);
    keepPeak(tally, channel, { value, mean, fileIndex, place: peaks.places[at] as number });
  }
}

/** Adds what another tally of the same layer and classes has seen. */
export function mergePeaks(into: PeakTally, from: PeakTally): void {
  for (let channel = 0; channel < from.channels; channel++) {
    const peaks = listPeaks(from, channel);
    const [highest] = peaks;
    if (highest) countHighest(into, channel, highest.value, from.highestImageCounts[channel] as number);
    for (const peak of peaks) keepPeak(into, channel, peak);
    increase(into.firingImageCounts, channel, from.firingImageCounts[channel] as number);
    increase(into.nonFiniteImageCounts, channel, from.nonFiniteImageCounts[channel] as number);
  }
  for (const [classIndex, histograms] of from.means.entries()) {
    for (const [channel, histogram] of histograms.entries()) {
      mergeHistograms(into.means[classIndex]?.[channel] as Histogram, histogram);
    }
  }
}

function increase(counts: Float64Array, channel: number, by: number): void {
  counts[channel] = (counts[channel] as number) + by;
}

/** Counts images at this value, before it is kept. */
function countHighest(
  { count, values, fileIndexes, highestImageCounts }: PeakTally,
  channel: number,
  value: number,
  images: number,
): void {
  const at = channel * count;
  const highest = (fileIndexes[at] as number) < 0 ? 0 : (values[at] as number);
  if (value > highest) highestImageCounts[channel] = images;
  else if (value === highest) increase(highestImageCounts, channel, images);
}

function keepPeak(tally: PeakTally, channel: number, { value, mean, fileIndex, place }: Peak): void {
  const { count, values, imageMeans, fileIndexes, places } = tally;
  const first = channel * count;
  const isWeaker = (at: number) => {
    const known = fileIndexes[at] as number;
    if (known < 0 || value !== values[at]) return known < 0 || value > (values[at] as number);
    return mean === imageMeans[at] ? fileIndex < known : mean > (imageMeans[at] as number);
  };
  let at = first + count;
  while (at > first && isWeaker(at - 1)) at--;
  const end = first + count;
  if (at === end) return;
  for (const list of [values, imageMeans, fileIndexes, places]) list.copyWithin(at + 1, at, end - 1);
  values[at] = value;
  imageMeans[at] = mean;
  fileIndexes[at] = fileIndex;
  places[at] = place;
}

/** One of the images that a channel responds to most. */
export interface Peak {
  value: number;
  /** of the channel on that image */
  mean: number;
  fileIndex: number;
  place: number;
}

/** Those of a channel, the strongest first. */
export function listPeaks({ count, values, imageMeans, fileIndexes, places }: PeakTally, channel: number): Peak[] {
  const peaks: Peak[] = [];
  for (let at = channel * count; at < (channel + 1) * count; at++) {
    const fileIndex = fileIndexes[at] as number;
    if (fileIndex < 0) continue;
    const [value, mean, place] = [values, imageMeans, places].map((list) => list[at] as number);
    peaks.push({ value, mean, fileIndex, place } as Peak);
  }
  return peaks;
}
