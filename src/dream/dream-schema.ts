// The schema of a dream folder's manifest, as far as it is read again.

import * as v from 'valibot';
import { fields, fileName, finiteNumber, flag, text, wholeNumber } from '../disk/schema.js';

const activation = fields({ mean: finiteNumber, max: finiteNumber });

export const dreamFolderSchema = fields({
  recipe: text,
  options: fields({ plain: flag, steps: wholeNumber(1), seed: finiteNumber }),
  dreams: v.array(
    fields({
      layer: v.nullable(text),
      index: wholeNumber(0),
      className: v.optional(text),
      file: fileName,
      npy: v.optional(fileName),
      reached: activation,
      began: flag,
      highest: v.nullable(activation),
      exceeds: v.nullable(flag),
    }),
  ),
});
