// The schemas of the files of a film.

import * as v from 'valibot';
import { fields, flag, list, numberOrNan, plainList, text, textList, wholeNumber } from '../disk/schema.js';

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

const numbers = plainList((value): value is number => Number.isFinite(value), 'a list of numbers');

const evidence = v.pipe(
  fields({
    layer: text,
    height: size,
    width: size,
    cells: fields({ rows: numbers, columns: numbers }),
    classes: list(wholeNumber(0)),
    ranges,
  }),
  v.check(({ classes, ranges: all }) => classes.length === all.length, 'a class for each map'),
  v.check(
    ({ cells, height, width }) => cells.rows.length === height && cells.columns.length === width,
    'a place for each row and column of cells',
  ),
);

/** The JSON of a frame. */
export const frameSchema = fields({
  epoch: wholeNumber(0),
  images: list(fields({ outputs: list(numberOrNan), layers: list(layer), evidence: v.optional(evidence) })),
  noEvidence: v.optional(text),
});

const sideField = fields({ from: numbers, to: numbers, middle: numbers });

/** Whether there is a field for each cell of a side. */
const isOfSide = ({ from, to, middle }: v.InferOutput<typeof sideField>, size: number | undefined) =>
  [from, to, middle].every(({ length }) => length === size);

const networkLayer = v.pipe(
  fields({
    name: text,
    kind: text,
    shape: plainList(
      (side): side is number => Number.isSafeInteger(side) && (side as number) > 0,
      'a list of whole numbers of at least 1',
    ),
    parameterCount: wholeNumber(0),
    inputs: textList,
    flattens: v.exactOptional(text),
    field: v.exactOptional(fields({ rows: sideField, columns: sideField })),
  }),
  v.check(
    ({ field, shape }) => !field || (isOfSide(field.rows, shape[0]) && isOfSide(field.columns, shape[1])),
    'a field for each row and column of cells',
  ),
);

/** The JSON of the images of a probe. */
export const probeImagesSchema = fields({
  height: size,
  width: size,
  images: list(fields({ name: text, path: text })),
  network: v.exactOptional(list(networkLayer)),
});
