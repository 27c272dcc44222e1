// The schema of checkpoint.json.

import * as v from 'valibot';
import { fields, list, numberFrom, numberOrNan, plainList, text, textList, wholeNumber } from '../disk/schema.js';
import { badFilesSchema, historySchema, precisionSchema } from './run-schema.js';

const count = wholeNumber(0);

const splitSchema = v.pipe(
  fields({
    files: textList,
    sizes: v.exactOptional(
      plainList(
        (size): size is number | null => size === null || (Number.isSafeInteger(size) && (size as number) >= 0),
        'a list of sizes',
      ),
    ),
    badFiles: badFilesSchema,
  }),
  v.check(({ files, sizes }) => sizes === undefined || sizes.length === files.length, 'one size per file'),
);

const progressSchema = fields({
  epoch: count,
  step: count,
  position: fields({ pass: count, offset: count }),
  sums: fields({
    loss: numberOrNan,
    correctCount: numberFrom(0, Number.MAX_SAFE_INTEGER),
    exampleCount: count,
  }),
  // The first versions did not keep it.
  runawaySteps: v.optional(count, 0),
  history: historySchema,
});

const checksum = v.custom<string>(
  (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  'a SHA-256 in hexadecimal',
);

/** checkpoint.json. */
export const checkpointSchema = fields({
  format: text,
  formatVersion: wholeNumber(1),
  runStartedAt: text,
  progress: v.pipe(
    progressSchema,
    v.check(
      ({ epoch, history }) => (history.loss?.length ?? 0) === epoch,
      'one number in its history per completed epoch',
    ),
  ),
  slots: list(
    fields({
      name: text,
      shape: plainList((size): size is number => Number.isSafeInteger(size) && (size as number) > 0, 'a list of sizes'),
    }),
  ),
  // Of the first version: later ones have it beside run.json.
  data: v.exactOptional(fields({ train: splitSchema, validation: v.exactOptional(splitSchema) })),
  computer: fields({
    ...{ backend: text, version: text, threads: count, cpu: text, engine: text, cnnviz: text },
    precision: precisionSchema,
    workers: v.exactOptional(wholeNumber(1)),
  }),
  sha256: fields({ 'model.json': checksum, 'weights.bin': checksum, 'optimizer.bin': checksum }),
});
