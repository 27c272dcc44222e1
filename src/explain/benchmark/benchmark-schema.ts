// The schema of benchmark.json, as far as it is read again.

import * as v from 'valibot';
import { fields, text } from '../../disk/schema.js';

export const benchmarkSchema = fields({
  identity: text,
  chosen: v.nullable(fields({ method: text, layer: text })),
});
