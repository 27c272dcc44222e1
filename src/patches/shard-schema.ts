// The schema of a shard file of `patches`, with its arrays decoded.

import { isAbsolute, win32 } from 'node:path';
import * as v from 'valibot';
import {
  backendSchema,
  layerEntries,
  modelPlaceSchema,
  splitSchema,
  versionsSchema,
} from '../channels/report-schema.js';
import { isArray, isHistogram } from '../channels/shard-schema.js';
import { fields, finiteNumber, flag, list, oneOf, text, textList, wholeNumber } from '../disk/schema.js';
import type { PeakTally } from './peaks.js';

const count = wholeNumber(0);
const cells = list(fields({ from: count, to: count, middle: finiteNumber }));

/** The content of a shard's file, its arrays being arrays again. */
export const patchShardSchema = v.pipe(
  fields({
    format: v.literal('cnnviz-patches-shard'),
    formatVersion: wholeNumber(1),
    versions: versionsSchema,
    backend: backendSchema,
    model: modelPlaceSchema,
    preprocessing: fields({
      height: wholeNumber(1),
      width: wholeNumber(1),
      interpolation: oneOf(['nearest', 'bilinear', 'lanczos3']),
      autoOrient: flag,
      fit: v.exactOptional(oneOf(['stretch', 'crop', 'pad'])),
    }),
    data: fields({ path: text, split: splitSchema, fileCount: count, identity: text }),
    classNames: textList,
    badImageCount: count,
    shard: fields({ index: wholeNumber(1), count: wholeNumber(1) }),
    batchSize: wholeNumber(1),
    count: wholeNumber(1, 100),
    imageCounts: list(count),
    layers: list(
      fields({
        layer: fields(layerEntries),
        position: wholeNumber(1),
        field: v.nullable(fields({ rows: cells, columns: cells })),
        peaks: v.custom<PeakTally>((value) => typeof value === 'object' && value !== null, 'an object'),
      }),
    ),
    files: v.record(text, fields({ path: text, classIndex: count, byteCount: count }), 'an object'),
  }),
  v.check(({ shard }) => shard.index <= shard.count, 'a shard index of at most the shard count'),
  v.check(
    ({ imageCounts, classNames }) => imageCounts.length === Math.max(1, classNames.length),
    'one image count per class',
  ),
  v.check(
    ({ layers, imageCounts, count: kept, files }) =>
      layers.every(({ layer, field, peaks }) => {
        const [, ...sides] = layer.shape;
        return isTally(peaks, sides, { classCount: imageCounts.length, kept, files }) && isFieldOf(field, sides);
      }),
    'the strongest images of each channel of the layers',
  ),
  v.check(
    ({ files, imageCounts }) =>
      Object.values(files).every(({ path, classIndex }) => classIndex < imageCounts.length && isInside(path)),
    'images of its classes, within the data folder',
  ),
);

/** Other people's shards name files to be opened. */
function isInside(path: string): boolean {
  return path !== '' && !isAbsolute(path) && !win32.isAbsolute(path) && !path.split(/[/\\]/).includes('..');
}

function isTally(
  tally: Partial<PeakTally>,
  sides: readonly number[],
  { classCount, kept, files }: { classCount: number; kept: number; files: Readonly<Record<string, unknown>> },
): boolean {
  const channels = sides.at(-1) as number;
  const positions = sides.slice(0, -1).reduce((product, size) => product * size, 1);
  const { values, imageMeans, fileIndexes, places, means } = tally;
  const imageCounts = [tally.firingImageCounts, tally.highestImageCounts, tally.nonFiniteImageCounts];
  return (
    tally.channels === channels &&
    tally.count === kept &&
    isArray(values, Float32Array, channels * kept) &&
    isArray(imageMeans, Float32Array, channels * kept) &&
    isArray(fileIndexes, Float64Array, channels * kept) &&
    isArray(places, Float64Array, channels * kept) &&
    imageCounts.every((counts) => areCounts(counts, channels)) &&
    fileIndexes.every((index) => index === -1 || Object.hasOwn(files, String(index))) &&
    places.every((place) => Number.isSafeInteger(place) && place >= 0 && place < positions) &&
    Array.isArray(means) &&
    means.length === classCount &&
    means.every((each: unknown) => Array.isArray(each) && each.length === channels && each.every(isHistogram))
  );
}

function areCounts(counts: unknown, channels: number): boolean {
  if (!isArray(counts, Float64Array, channels)) return false;
  return counts.every((number) => Number.isSafeInteger(number) && number >= 0);
}

function isFieldOf(field: { rows: readonly unknown[]; columns: readonly unknown[] } | null, sides: readonly number[]) {
  return field === null || (field.rows.length === sides[0] && field.columns.length === sides[1]);
}
