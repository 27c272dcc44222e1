// The strongest responses of a layer's channels, and how the classes' images are spread: as large after a million images as after one.

import { countValue, createHistogram, type Histogram, mergeHistograms } from '../channels/histogram.js';
import type { ChannelPeaks } from '../engines/contract/channel-peaks.js';

/** Kept of one layer. Plain data, so that it can be written; tallies add up exactly, in any order. */
export interface PeakTally {
  channels: number;
  /** images kept of each channel */
  count: number;
  /** [channels, count]: the largest value of the channel on an image, the strongest image first, of equals the first in the list */
  values: Float32Array;
  /** the image; -1 where there are fewer on which the channel fires */
  fileIndexes: Float64Array;
  /** where on the map the value lies: row times columns plus column */
  places: Float64Array;
  /** images on which the channel fires */
  firingImageCounts: Float64Array;
  /** of the images' means: [class][channel]; a single class for images without classes */
  means: Histogram[][];
}

export function createPeaks(channels: number, classCount: number, count: number): PeakTally {
  return {
    channels,
    count,
    values: new Float32Array(channels * count),
    fileIndexes: new Float64Array(channels * count).fill(-1),
    places: new Float64Array(channels * count),
    firingImageCounts: new Float64Array(channels),
    means: Array.from({ length: Math.max(1, classCount) }, () => Array.from({ length: channels }, createHistogram)),
  };
}

/**
 * Adds one image of a batch. A channel that has a value which is not finite does not count on this image.
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
    if (!Number.isFinite(mean)) continue;
    countValue(tally.means[classIndex]?.[channel] as Histogram, mean);
    const value = peaks.maxima[at] as number;
    if (value <= 0) continue;
    tally.firingImageCounts[channel] = (tally.firingImageCounts[channel] as number) + 1;
    keepPeak(tally, channel, value, fileIndex, peaks.places[at] as number);
  }
}

/** Adds what another tally of the same layer and classes has seen. */
export function mergePeaks(into: PeakTally, from: PeakTally): void {
  for (let at = 0; at < from.values.length; at++) {
    const fileIndex = from.fileIndexes[at] as number;
    if (fileIndex < 0) continue;
    const channel = Math.floor(at / from.count);
    keepPeak(into, channel, from.values[at] as number, fileIndex, from.places[at] as number);
  }
  for (const [channel, count] of from.firingImageCounts.entries()) {
    into.firingImageCounts[channel] = (into.firingImageCounts[channel] as number) + count;
  }
  for (const [classIndex, histograms] of from.means.entries()) {
    for (const [channel, histogram] of histograms.entries()) {
      mergeHistograms(into.means[classIndex]?.[channel] as Histogram, histogram);
    }
  }
}

function keepPeak(tally: PeakTally, channel: number, value: number, fileIndex: number, place: number): void {
  const { count, values, fileIndexes, places } = tally;
  const first = channel * count;
  const isWeaker = (at: number) => {
    const known = fileIndexes[at] as number;
    const other = values[at] as number;
    return known < 0 || value > other || (value === other && fileIndex < known);
  };
  let at = first + count;
  while (at > first && isWeaker(at - 1)) at--;
  const end = first + count;
  if (at === end) return;
  for (const list of [values, fileIndexes, places]) list.copyWithin(at + 1, at, end - 1);
  values[at] = value;
  fileIndexes[at] = fileIndex;
  places[at] = place;
}

/** One of the images that a channel responds to most. */
export interface Peak {
  value: number;
  fileIndex: number;
  place: number;
}

/** Those of a channel, the strongest first. */
export function listPeaks({ count, values, fileIndexes, places }: PeakTally, channel: number): Peak[] {
  const peaks: Peak[] = [];
  for (let at = channel * count; at < (channel + 1) * count; at++) {
    const fileIndex = fileIndexes[at] as number;
    if (fileIndex >= 0) peaks.push({ value: values[at] as number, fileIndex, place: places[at] as number });
  }
  return peaks;
}
