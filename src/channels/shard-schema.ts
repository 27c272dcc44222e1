// The schema of a shard file, with its arrays decoded.

import * as v from 'valibot';
import { fields, list, text, textList, wholeNumber } from '../disk/schema.js';
import type { Histogram } from './histogram.js';
import { backendSchema, layerEntries, modelPlaceSchema, splitSchema, versionsSchema } from './report-schema.js';
import { type ClassTally, countPairs, type LayerTally } from './tally.js';

const count = wholeNumber(0);

/** The tally's own shape hangs on the layer and the classes: `checkTally` looks at it. */
const tallySchema = v.custom<LayerTally>((value) => typeof value === 'object' && value !== null, 'an object');

/** The content of a shard's file, its arrays being arrays again. */
export const shardSchema = v.pipe(
  fields({
    format: v.literal('cnnviz-channels-shard'),
    formatVersion: wholeNumber(1),
    versions: versionsSchema,
    backend: backendSchema,
    model: modelPlaceSchema,
    otherBackends: v.exactOptional(textList),
    preprocessing: fields({}),
    data: fields({ path: text, split: splitSchema, fileCount: count, identity: text }),
    classNames: textList,
    badImageCount: count,
    shard: fields({ index: wholeNumber(1), count: wholeNumber(1) }),
    imageCounts: list(count),
    layers: list(fields({ layer: fields(layerEntries), tally: tallySchema })),
    paths: v.record(text, text, 'an object'),
  }),
  v.check(({ shard }) => shard.index <= shard.count, 'a shard index of at most the shard count'),
  v.check(
    ({ imageCounts, classNames }) => imageCounts.length === Math.max(1, classNames.length),
    'one image count per class',
  ),
  v.check(
    ({ layers, classNames }) =>
      layers.every(({ layer, tally }) => isTally(tally, layer.shape, Math.max(1, classNames.length))),
    'tallies with one number per channel of the layer',
  ),
);

function isTally(tally: Partial<LayerTally>, shape: readonly number[], classCount: number): boolean {
  const channels = shape.at(-1) as number;
  const { products, strongest, classes } = tally;
  return (
    tally.channels === channels &&
    tally.positions === shape.slice(1, -1).reduce((product, size) => product * size, 1) &&
    isArray(tally.minima, Float32Array, channels) &&
    isArray(tally.maxima, Float32Array, channels) &&
    areCounts(tally.saturatedCounts, channels) &&
    areCounts(tally.nonFiniteCounts, channels) &&
    areSums(tally.squares, channels) &&
    (products === null || isArray(products, Float64Array, countPairs(channels))) &&
    isArray(strongest?.means, Float32Array, channels) &&
    isArray(strongest?.fileIndexes, Float64Array, channels) &&
    Array.isArray(classes) &&
    classes.length === classCount &&
    classes.every((ofClass: unknown) => isClassTally(Object(ofClass), channels))
  );
}

function isClassTally(tally: Partial<ClassTally>, channels: number): boolean {
  return (
    areCounts(tally.imageCounts, channels) &&
    areCounts(tally.firingImageCounts, channels) &&
    areCounts(tally.firingCounts, channels) &&
    areSums(tally.means, channels) &&
    areSums(tally.meanSquares, channels) &&
    Array.isArray(tally.histograms) &&
    tally.histograms.length === channels &&
    tally.histograms.every(isHistogram)
  );
}

export function isArray<T extends Float32Array | Float64Array>(
  value: unknown,
  kind: new (length: number) => T,
  length: number,
): value is T {
  return value instanceof kind && value.length === length;
}

function areCounts(value: unknown, channels: number): boolean {
  return isArray(value, Float64Array, channels) && value.every((number) => Number.isFinite(number) && number >= 0);
}

function areSums(value: unknown, channels: number): boolean {
  const { high, low } = Object(value) as Record<string, unknown>;
  return isArray(high, Float64Array, channels) && isArray(low, Float64Array, channels);
}

/** Bins of floats are numbered by their first 15 bits but for the sign. */
const binCount = 2 ** 15;

export function isHistogram(value: unknown): value is Histogram {
  const { zeroCount, positive, negative } = Object(value) as Partial<Histogram>;
  const isBins = (bins: unknown) => {
    const { first, counts } = Object(bins) as { first?: unknown; counts?: unknown };
    if (!Number.isSafeInteger(first) || !(counts instanceof Uint32Array)) return false;
    return (first as number) >= 0 && (first as number) + counts.length <= binCount;
  };
  return Number.isSafeInteger(zeroCount) && (zeroCount as number) >= 0 && isBins(positive) && isBins(negative);
}
