// The schema of channels.json.

import * as v from 'valibot';
import {
  fields,
  list,
  numberFrom,
  numberOrNan,
  oneOf,
  plainList,
  text,
  textList,
  wholeNumber,
} from '../disk/schema.js';

const count = wholeNumber(0);
const fraction = numberFrom(0, 1);
const place = v.nullable(count);
const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) > 0;

/** A number of which there is none where its question has no answer. */
const answer = v.nullable(v.custom<number>(Number.isFinite, 'a number or null'));

export const versionsSchema = fields({ cnnviz: text, node: text });
export const backendSchema = fields({ name: text, version: text, threads: count });
export const modelPlaceSchema = fields({
  path: text,
  weights: v.exactOptional(oneOf(['last', 'best'])),
  epoch: v.exactOptional(count),
  identity: text,
});
export const splitSchema = v.nullable(oneOf(['train', 'validation', 'test', 'unseen', 'held-out']));

/** What a layer is: see DescribedLayer. */
export const layerEntries = {
  name: text,
  kind: text,
  shape: v.pipe(
    plainList(isSize, 'a list of sizes'),
    v.minLength(2, 'at least a batch size and channels'),
    v.maxLength(8, 'at most 8 sizes'),
  ),
  range: v.nullable(
    v.custom<[low: number, high: number]>(
      (range) => Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1],
      'two numbers, the lower first',
    ),
  ),
};

const classMetrics = fields({
  mean: answer,
  imageStandardDeviation: answer,
  firingFraction: v.nullable(fraction),
  firingImageFraction: v.nullable(fraction),
  effectSize: answer,
  auc: v.nullable(fraction),
});

const channelMetrics = fields({
  channel: count,
  state: oneOf(['active', 'dead', 'nearly-dead', 'saturated']),
  firingFraction: fraction,
  firingImageFraction: fraction,
  mean: numberOrNan,
  standardDeviation: numberOrNan,
  min: numberOrNan,
  max: numberOrNan,
  saturatedFraction: v.nullable(fraction),
  nonFiniteImageCount: count,
  classes: list(classMetrics),
  tells: place,
  aucError: answer,
  strongestImage: v.nullable(fields({ path: text, mean: numberOrNan })),
});

const duplicates = list(
  fields({
    channels: v.custom<[number, number]>(
      (pair) => Array.isArray(pair) && pair.length === 2 && pair.every(Number.isSafeInteger),
      'two numbers of channels',
    ),
    correlation: numberFrom(-1.001, 1.001),
  }),
);

const layerMetrics = v.pipe(
  fields({
    ...layerEntries,
    sparsity: fraction,
    silentFraction: fraction,
    deadCount: count,
    nearlyDeadCount: count,
    saturatedCount: count,
    separation: v.nullable(fields({ best: fraction, median: fraction })),
    duplicates: v.nullable(duplicates),
    channels: list(channelMetrics),
  }),
  v.check(
    ({ shape, channels }) =>
      channels.length === shape.at(-1) && channels.every(({ channel }, index) => channel === index),
    'all of its channels in order',
  ),
  v.check(
    ({ channels, duplicates }) =>
      (duplicates ?? []).every((pair) => pair.channels.every((channel) => channel in channels)),
    'duplicates among its channels',
  ),
);

/** channels.json. */
export const reportSchema = v.pipe(
  fields({
    format: v.literal('cnnviz-channels'),
    formatVersion: wholeNumber(1),
    versions: versionsSchema,
    backend: backendSchema,
    model: modelPlaceSchema,
    data: fields({ path: text, split: splitSchema, imageCount: count, badImageCount: count }),
    preprocessing: v.exactOptional(fields({})),
    classes: list(fields({ className: text, imageCount: count })),
    layers: list(layerMetrics),
    verdict: textList,
  }),
  v.check(
    ({ classes, layers }) =>
      layers.every(({ channels }) =>
        channels.every(
          (channel) =>
            channel.classes.length === classes.length && (channel.tells === null || channel.tells < classes.length),
        ),
      ),
    'channels with metrics for each of its classes',
  ),
);
