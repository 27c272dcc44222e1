// The schema of a shard of `predict` or `evaluate`, with its arrays decoded.

import * as v from 'valibot';
import { fields, flag, list, oneOf, plainList, text, textList, wholeNumber } from '../disk/schema.js';
import { countShardFiles } from './shard-places.js';

const count = wholeNumber(0);
const isLabel = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= -1;

const detailsSchema = fields({
  outputKind: oneOf(['probabilities', 'labels']),
  /** a shard of an earlier version does not say */
  output: v.exactOptional(fields({ names: textList, logits: v.nullable(flag) })),
  overlap: v.nullable(v.record(text, count, 'an object')),
  evaluation: v.exactOptional(
    fields({
      data: text,
      split: v.nullable(oneOf(['train', 'validation', 'test', 'unseen', 'held-out'])),
      missingClasses: textList,
      unknownClasses: list(fields({ className: text, imageCount: count })),
      source: fields({ words: textList, texts: v.record(text, text, 'an object') }),
      autoOrient: flag,
    }),
  ),
});

/** The content of a shard's file, its arrays being arrays again. */
export const outputShardSchema = v.pipe(
  fields({
    format: text,
    formatVersion: wholeNumber(1),
    versions: fields({ cnnviz: text, node: text }),
    backend: fields({ name: text, version: text, threads: count }),
    model: fields({
      path: text,
      weights: v.exactOptional(oneOf(['last', 'best'])),
      epoch: v.exactOptional(count),
      identity: text,
    }),
    precision: oneOf(['float32', 'bfloat16']),
    preprocessing: fields({}),
    data: fields({ path: text, fileCount: count, identity: text }),
    classNames: textList,
    shard: fields({ index: wholeNumber(1), count: wholeNumber(1) }),
    batchSize: wholeNumber(1),
    details: detailsSchema,
    paths: textList,
    labels: plainList(isLabel, 'a list of classes by number'),
    places: v.instance(Uint32Array, 'the places of images'),
    outputs: v.instance(Float32Array, 'the outputs of images'),
    badFiles: list(fields({ place: count, reason: text })),
  }),
  v.check(({ shard }) => shard.index <= shard.count, 'a shard index of at most the shard count'),
  v.check(
    ({ paths, data, shard, batchSize }) => paths.length === countShardFiles(data.fileCount, shard, batchSize),
    'the paths of as many images as the shard has',
  ),
  v.check(({ paths, labels }) => labels.length === paths.length, 'one class per image'),
  v.check(
    ({ classNames, labels }) => labels.every((label) => label < Math.max(classNames.length, 1)),
    'classes that have a name',
  ),
  v.check(
    ({ paths, places, badFiles }) => coversOnce(paths.length, [...places, ...badFiles.map(({ place }) => place)]),
    'each image once, read or not',
  ),
  v.check(
    ({ places }) => places.every((place, at) => at === 0 || place > (places[at - 1] as number)),
    'the places of images in ascending order',
  ),
  v.check(({ places, outputs }) => isMultiple(outputs.length, places.length), 'as many outputs for each image'),
  v.check(({ outputs }) => outputs.every(Number.isFinite), 'outputs that are numbers'),
);

function coversOnce(length: number, places: readonly number[]): boolean {
  return places.length === length && new Set(places).size === length && places.every((place) => place < length);
}

function isMultiple(length: number, of: number): boolean {
  return of === 0 ? length === 0 : length > 0 && length % of === 0;
}
