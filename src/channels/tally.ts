// Everything that is kept of a layer's channels, image by image; tallies can be added up.

import { addToSum, createSums, type ExactSums, mergeSums } from './exact-sums.js';
import { countValue, createHistogram, type Histogram, mergeHistograms } from './histogram.js';

/** One layer's measurements of a batch, each image's on its own: what `ChannelMeter` gives. */
export interface BatchMeasurements {
  /** [size, channels] each */
  means: Float32Array;
  minima: Float32Array;
  maxima: Float32Array;
  firingCounts: Float32Array;
  saturatedCounts: Float32Array | null;
  squares: Float32Array;
  /** [size, channels, channels] */
  products: Float32Array | null;
}

/**
 * Everything kept of one layer over any number of images: as large after a million as after one. Plain data, so that it can
 * be written; what it holds adds up, so that shards can be merged.
 */
export interface LayerTally {
  channels: number;
  /** values a channel has on an image */
  positions: number;
  /** one a class; a single one for images without classes */
  classes: ClassTally[];
  minima: Float32Array;
  maxima: Float32Array;
  saturatedCounts: Float64Array;
  nonFiniteCounts: Float64Array;
  /** squares of the distances from each image's own mean */
  squares: ExactSums;
  /** of each pair of channels, see placeOfPair: products of their values over all positions of all images */
  products: Float64Array | null;
  /** the image with the largest mean of each channel, of equals the first: that mean, and the image's file index or -1 */
  strongest: { means: Float32Array; fileIndexes: Float64Array };
}

/** Of the images of one class; each array has one number a channel. */
export interface ClassTally {
  /** images whose values of the channel are all finite: all others here are of these */
  imageCounts: Float64Array;
  /** images on which the channel fires */
  firingImageCounts: Float64Array;
  /** values that fire */
  firingCounts: Float64Array;
  /** of the images' means, and of their squares */
  means: ExactSums;
  meanSquares: ExactSums;
  histograms: Histogram[];
}

/**
 * An empty tally.
 *
 * @param shape of the layer's output, without the batch
 * @param isCompared whether its channels are to be compared with each other, which takes memory by their square
 */
export function createTally(shape: readonly number[], classCount: number, isCompared: boolean): LayerTally {
  const channels = shape.at(-1) as number;
  return {
    channels,
    positions: shape.slice(0, -1).reduce((product, size) => product * size, 1),
    classes: Array.from({ length: Math.max(1, classCount) }, () => createClassTally(channels)),
    minima: new Float32Array(channels).fill(Infinity),
    maxima: new Float32Array(channels).fill(-Infinity),
    saturatedCounts: new Float64Array(channels),
    nonFiniteCounts: new Float64Array(channels),
    squares: createSums(channels),
    products: isCompared ? new Float64Array(countPairs(channels)) : null,
    strongest: {
      means: new Float32Array(channels).fill(-Infinity),
      fileIndexes: new Float64Array(channels).fill(-1),
    },
  };
}

function createClassTally(channels: number): ClassTally {
  return {
    imageCounts: new Float64Array(channels),
    firingImageCounts: new Float64Array(channels),
    firingCounts: new Float64Array(channels),
    means: createSums(channels),
    meanSquares: createSums(channels),
    histograms: Array.from({ length: channels }, createHistogram),
  };
}

/**
 * Adds one image of a batch.
 *
 * @param image its place in the batch
 * @param classIndex 0 for images without classes
 * @param fileIndex its place in the list of all images, shards or not
 */
export function addImage(
  tally: LayerTally,
  batch: BatchMeasurements,
  image: number,
  classIndex: number,
  fileIndex: number,
): void {
  const ofClass = tally.classes[classIndex] as ClassTally;
  for (let channel = 0; channel < tally.channels; channel++) {
    const at = image * tally.channels + channel;
    const mean = batch.means[at] as number;
    const squares = batch.squares[at] as number;
    if (!Number.isFinite(mean) || !Number.isFinite(squares)) {
      increase(tally.nonFiniteCounts, channel, 1);
      continue;
    }
    addToClass(ofClass, channel, mean, batch.firingCounts[at] as number);
    addToSum(tally.squares, channel, squares);
    increase(tally.saturatedCounts, channel, batch.saturatedCounts?.[at] ?? 0);
    tally.minima[channel] = Math.min(tally.minima[channel] as number, batch.minima[at] as number);
    tally.maxima[channel] = Math.max(tally.maxima[channel] as number, batch.maxima[at] as number);
    keepStronger(tally.strongest, channel, mean, fileIndex);
  }
  addProducts(tally, batch, image);
}

function addToClass(tally: ClassTally, channel: number, mean: number, firingCount: number): void {
  increase(tally.imageCounts, channel, 1);
  increase(tally.firingImageCounts, channel, firingCount > 0 ? 1 : 0);
  increase(tally.firingCounts, channel, firingCount);
  addToSum(tally.means, channel, mean);
  addToSum(tally.meanSquares, channel, mean * mean);
  countValue(tally.histograms[channel] as Histogram, mean);
}

/** What is not finite makes the products of its channels so, and of no others. */
function addProducts({ products, channels, positions }: LayerTally, batch: BatchMeasurements, image: number): void {
  if (products === null) return;
  const means = batch.means.subarray(image * channels, (image + 1) * channels);
  const own = batch.products?.subarray(image * channels ** 2, (image + 1) * channels ** 2);
  let pair = 0;
  for (let a = 0; a < channels; a++) {
    const row = a * channels;
    const scaled = positions * (means[a] as number);
    for (let b = a; b < channels; b++, pair++) {
      const within = own === undefined ? 0 : (own[row + b] as number);
      products[pair] = (products[pair] as number) + within + scaled * (means[b] as number);
    }
  }
}

/** Of channels, each with itself and every later one. */
export function countPairs(channels: number): number {
  return (channels * (channels + 1)) / 2;
}

/** Where the pair of two channels, a <= b, stands among all of a layer. */
export function placeOfPair(channels: number, a: number, b: number): number {
  return a * channels - countPairs(a) + b;
}

/** Adds what another tally of the same layer and classes has seen. */
export function mergeTally(into: LayerTally, from: LayerTally): void {
  into.classes.forEach((ofClass, index) => {
    mergeClass(ofClass, from.classes[index] as ClassTally);
  });
  for (let channel = 0; channel < into.channels; channel++) {
    into.minima[channel] = Math.min(into.minima[channel] as number, from.minima[channel] as number);
    into.maxima[channel] = Math.max(into.maxima[channel] as number, from.maxima[channel] as number);
    const { means, fileIndexes } = from.strongest;
    keepStronger(into.strongest, channel, means[channel] as number, fileIndexes[channel] as number);
  }
  addAll(into.saturatedCounts, from.saturatedCounts);
  addAll(into.nonFiniteCounts, from.nonFiniteCounts);
  mergeSums(into.squares, from.squares);
  if (into.products !== null && from.products !== null) addAll(into.products, from.products);
}

function mergeClass(into: ClassTally, from: ClassTally): void {
  addAll(into.imageCounts, from.imageCounts);
  addAll(into.firingImageCounts, from.firingImageCounts);
  addAll(into.firingCounts, from.firingCounts);
  mergeSums(into.means, from.means);
  mergeSums(into.meanSquares, from.meanSquares);
  into.histograms.forEach((histogram, channel) => {
    mergeHistograms(histogram, from.histograms[channel] as Histogram);
  });
}

function keepStronger(strongest: LayerTally['strongest'], channel: number, mean: number, fileIndex: number): void {
  if (fileIndex < 0) return;
  const known = strongest.fileIndexes[channel] as number;
  const best = strongest.means[channel] as number;
  if (known >= 0 && (mean < best || (mean === best && fileIndex > known))) return;
  strongest.means[channel] = mean;
  strongest.fileIndexes[channel] = fileIndex;
}

function increase(counts: Float64Array, channel: number, amount: number): void {
  counts[channel] = (counts[channel] as number) + amount;
}

function addAll(into: Float64Array, from: Float64Array): void {
  for (let index = 0; index < into.length; index++) into[index] = (into[index] as number) + (from[index] as number);
}
