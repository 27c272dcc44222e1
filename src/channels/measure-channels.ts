// A layer's metrics from its tally.

import { countValues, findDuplicates, meanOf, sumOver } from './duplicates.js';
import { readSum } from './exact-sums.js';
import { createHistogram, type Histogram, mergeHistograms } from './histogram.js';
import type { ChannelClassMetrics, ChannelMetrics, ChannelState, LayerMetrics } from './report.js';
import { type Moments, measureEffect, measureSeparation, sumDeviations } from './separation.js';
import type { ClassTally, LayerTally } from './tally.js';

/** What a layer is, besides what was counted. */
export type DescribedLayer = Pick<LayerMetrics, 'name' | 'kind' | 'shape' | 'range'>;

const nearlyDeadImages = 0.01;
const nearlyDeadValues = 0.001;
const saturatedValues = 0.99;

/**
 * Every metric of a layer, from its tally.
 *
 * @param hasClasses false: the tally's only class is everything
 * @param pathOf the path of the image with a file index
 */
export function measureLayer(
  layer: DescribedLayer,
  tally: LayerTally,
  hasClasses: boolean,
  pathOf: (fileIndex: number) => string,
): LayerMetrics {
  const channels = Array.from({ length: tally.channels }, (_, channel) =>
    measureChannel(tally, channel, hasClasses, layer.range !== null, pathOf),
  );
  const countState = (wanted: ChannelState) => channels.filter(({ state }) => state === wanted).length;
  return {
    ...layer,
    sparsity: 1 - meanOfNumbers(channels.map(({ firingFraction }) => firingFraction)),
    silentFraction: 1 - meanOfNumbers(channels.map(({ firingImageFraction }) => firingImageFraction)),
    deadCount: countState('dead'),
    nearlyDeadCount: countState('nearly-dead'),
    saturatedCount: countState('saturated'),
    separation: hasClasses ? summarizeSeparation(channels) : null,
    duplicates: findDuplicates(tally),
    channels,
  };
}

function measureChannel(
  tally: LayerTally,
  channel: number,
  hasClasses: boolean,
  hasRange: boolean,
  pathOf: (fileIndex: number) => string,
): ChannelMetrics {
  const { classes, strongest } = tally;
  const valueCount = countValues(tally, channel);
  const imageCount = valueCount / tally.positions;
  const firingFraction = fraction(
    sumOver(classes, ({ firingCounts }) => at(firingCounts, channel)),
    valueCount,
  );
  const firingImageFraction = fraction(
    sumOver(classes, ({ firingImageCounts }) => at(firingImageCounts, channel)),
    imageCount,
  );
  const saturatedFraction = hasRange ? fraction(at(tally.saturatedCounts, channel), valueCount) : null;
  const { metrics, aucError } = hasClasses ? compareClasses(tally, channel) : { metrics: [], aucError: null };
  const fileIndex = at(strongest.fileIndexes, channel);
  return {
    channel,
    state: assessState(firingFraction, firingImageFraction, saturatedFraction),
    firingFraction,
    firingImageFraction,
    mean: imageCount === 0 ? 0 : meanOf(tally, channel),
    standardDeviation: measureSpread(tally, channel),
    min: imageCount === 0 ? 0 : at(tally.minima, channel),
    max: imageCount === 0 ? 0 : at(tally.maxima, channel),
    saturatedFraction,
    nonFiniteImageCount: at(tally.nonFiniteCounts, channel),
    classes: metrics,
    tells: findDistinguished(metrics),
    aucError,
    strongestImage: fileIndex < 0 ? null : { path: pathOf(fileIndex), mean: at(strongest.means, channel) },
  };
}

function assessState(
  firingFraction: number,
  firingImageFraction: number,
  saturatedFraction: number | null,
): ChannelState {
  if (firingImageFraction === 0) return 'dead';
  if (saturatedFraction !== null && saturatedFraction >= saturatedValues) return 'saturated';
  return firingImageFraction < nearlyDeadImages || firingFraction < nearlyDeadValues ? 'nearly-dead' : 'active';
}

/** Of all values: what they vary within the images, and what the images' means vary. */
function measureSpread(tally: LayerTally, channel: number): number {
  if (!(at(tally.minima, channel) < at(tally.maxima, channel))) return 0;
  const between = sumDeviations(addMoments(tally.classes.map((ofClass) => momentsOf(ofClass, channel))));
  return Math.sqrt((readSum(tally.squares, channel) + tally.positions * between) / countValues(tally, channel));
}

function compareClasses(
  tally: LayerTally,
  channel: number,
): { metrics: ChannelClassMetrics[]; aucError: number | null } {
  const all = createHistogram();
  for (const { histograms } of tally.classes) mergeHistograms(all, histograms[channel] as Histogram);
  const moments = tally.classes.map((ofClass) => momentsOf(ofClass, channel));
  let aucError: number | null = null;
  const metrics = tally.classes.map((ofClass, index) => {
    const own = moments[index] as Moments;
    const separation = measureSeparation(ofClass.histograms[channel] as Histogram, all);
    if (separation !== null) aucError = Math.max(aucError ?? 0, separation.error);
    return {
      mean: own.count === 0 ? null : own.sum / own.count,
      imageStandardDeviation: own.count < 2 ? null : Math.sqrt(sumDeviations(own) / (own.count - 1)),
      firingFraction: own.count === 0 ? null : at(ofClass.firingCounts, channel) / (own.count * tally.positions),
      firingImageFraction: own.count === 0 ? null : at(ofClass.firingImageCounts, channel) / own.count,
      effectSize: measureEffect(own, addMoments(moments.toSpliced(index, 1))),
      auc: separation?.auc ?? null,
    };
  });
  return { metrics, aucError };
}

function momentsOf({ imageCounts, means, meanSquares }: ClassTally, channel: number): Moments {
  return { count: at(imageCounts, channel), sum: readSum(means, channel), squareSum: readSum(meanSquares, channel) };
}

function addMoments(moments: readonly Moments[]): Moments {
  const total = { count: 0, sum: 0, squareSum: 0 };
  for (const { count, sum, squareSum } of moments) {
    total.count += count;
    total.sum += sum;
    total.squareSum += squareSum;
  }
  return total;
}

/** Of two AUC the sum is 1, but for rounding. */
const rounding = 4 * Number.EPSILON;

/** The class whose AUC is furthest from guessing; of equals, as two classes have, the one that is answered more. */
export function findDistinguished(metrics: readonly Pick<ChannelClassMetrics, 'auc'>[]): number | null {
  let best: number | null = null;
  let furthest = 0;
  metrics.forEach(({ auc }, index) => {
    const distance = auc === null ? 0 : Math.abs(auc - 0.5);
    const lead = distance - furthest;
    const isLevel = Math.abs(lead) <= rounding && (auc ?? 0) > 0.5 + rounding;
    if (lead > rounding || isLevel) best = index;
    furthest = Math.max(furthest, distance);
  });
  return best;
}

function summarizeSeparation(channels: readonly ChannelMetrics[]): { best: number; median: number } | null {
  const areas = channels.flatMap(({ classes, tells }) => {
    const auc = tells === null ? null : (classes[tells]?.auc ?? null);
    return auc === null ? [] : [Math.max(auc, 1 - auc)];
  });
  areas.sort((a, b) => a - b);
  const middle = areas.length / 2;
  const median = ((areas[Math.ceil(middle) - 1] ?? 0) + (areas[Math.floor(middle)] ?? 0)) / 2;
  return areas.length === 0 ? null : { best: areas.at(-1) as number, median };
}

function at(numbers: Float64Array | Float32Array, channel: number): number {
  return numbers[channel] as number;
}

function fraction(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function meanOfNumbers(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
