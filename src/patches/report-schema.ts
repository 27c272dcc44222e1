// The schema of patches.json, as far as it is read again.

import * as v from 'valibot';
import { modelPlaceSchema } from '../channels/report-schema.js';
import { fields, fileName, finiteNumber, list, text, wholeNumber } from '../disk/schema.js';

const rectangle = fields({ left: wholeNumber(0), top: wholeNumber(0), width: wholeNumber(1), height: wholeNumber(1) });

/** The patches that are on a sheet, of each channel. */
export const drawnPatchesSchema = fields({
  model: modelPlaceSchema,
  layers: list(
    fields({
      name: text,
      kind: text,
      channels: list(
        fields({
          channel: wholeNumber(0),
          sheet: v.nullable(fileName),
          patches: list(fields({ className: v.nullable(text), value: finiteNumber, tile: v.nullable(rectangle) })),
        }),
      ),
    }),
  ),
});
