// The schema of patches.json, as far as it is read again.

import * as v from 'valibot';
import { modelPlaceSchema } from '../channels/report-schema.js';
import { fields, finiteNumber, list, text, wholeNumber } from '../disk/schema.js';

const rectangle = fields({ left: finiteNumber, top: finiteNumber, width: finiteNumber, height: finiteNumber });

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
          sheet: v.nullable(v.pipe(text, v.regex(/^[\w-][\w.-]*$/, 'the name of a file in this folder'))),
          patches: list(fields({ className: v.nullable(text), value: finiteNumber, tile: v.nullable(rectangle) })),
        }),
      ),
    }),
  ),
});
