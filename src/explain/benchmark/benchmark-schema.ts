// The schema of benchmark.json, as far as it is read again.

import * as v from 'valibot';
import { fields, text, wholeNumber } from '../../disk/schema.js';

export const benchmarkSchema = fields({
  identity: text,
  imageCount: wholeNumber(1),
  chosen: v.nullable(fields({ method: text, layer: text })),
});
