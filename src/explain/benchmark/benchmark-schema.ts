// The schema of benchmark.json, as far as it is read again.

import * as v from 'valibot';
import { fields, text, wholeNumber } from '../../disk/schema.js';

/** Version 1 did not correct its verdicts for the number of methods. */
export const benchmarkFormat = { format: 'cnnviz-explanation-benchmark', formatVersion: 2 } as const;

export const benchmarkSchema = fields({
  formatVersion: wholeNumber(1),
  identity: text,
  imageCount: wholeNumber(1),
  chosen: v.nullable(fields({ method: text, layer: text })),
});
