// The schemas of the files of a film.

import * as v from 'valibot';
import { fields, flag, list, numberOrNan, plainList, text, wholeNumber } from '../disk/schema.js';

const size = wholeNumber(1, 2 ** 16);

const ranges = plainList(
  (range): range is [number, number] =>
    Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] <= range[1],
  'a list of pairs of numbers, the smaller one first',
);

const layer = v.pipe(
  fields({
    name: text,
    kind: text,
    height: size,
    width: size,
    isMap: flag,
    ranges,
  }),
  v.check(({ ranges: all }) => all.length > 0, 'one channel at least'),
);

/** The JSON of a frame. */
export const frameSchema = fields({
  epoch: wholeNumber(0),
  images: list(fields({ outputs: list(numberOrNan), layers: list(layer) })),
});

/** The JSON of the images of a probe. */
export const probeImagesSchema = fields({
  height: size,
  width: size,
  images: list(fields({ name: text, path: text })),
});
