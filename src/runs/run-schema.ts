import { FITS, INTERPOLATIONS } from '../dataset/decode/preprocessing.js';
// The schema of run.json.

import * as v from 'valibot';
import {
  fields,
  finiteNumber,
  flag,
  list,
  numberOrNan,
  oneOf,
  plainList,
  text,
  textList,
  wholeNumber,
} from '../disk/schema.js';
import { PRECISIONS } from '../engines/contract/precision.js';
import { layersAtMost } from '../formats/limits.js';
import { MONITORS } from './monitor.js';

/** The names of a run's folders of weights. */
export const WEIGHTS_FOLDER = /^epoch-\d+(-\d+)?$/;
/** The names of the folders of a run's film. */
export const FILM_FOLDER = /^film-\d+$/;
/** Height and width of a network's input, pixels. */
export const imageSizeAtMost = 4096;

const count = wholeNumber(0);
const weightsFolder = v.custom<string>(
  (value) => typeof value === 'string' && WEIGHTS_FOLDER.test(value),
  'the name of a folder of weights in the run, such as epoch-0003',
);

const filmFolder = v.custom<string>(
  (value) => typeof value === 'string' && FILM_FOLDER.test(value),
  'the name of a film in the run, such as film-1',
);

/** One a channel. */
const channelNumbers = v.custom<[number, number, number]>(
  (value) => Array.isArray(value) && value.length === 3 && value.every((each) => Number.isFinite(each)),
  'a list of three numbers',
);

const preprocessingSchema = fields({
  height: wholeNumber(1, imageSizeAtMost),
  width: wholeNumber(1, imageSizeAtMost),
  interpolation: oneOf(INTERPOLATIONS),
  autoOrient: flag,
  rescale: v.custom<number>((value) => Number.isFinite(value) && value !== 0, 'a number that is not 0'),
  normalization: v.exactOptional(
    fields({ order: oneOf(['rgb', 'bgr']), mean: channelNumbers, deviation: channelNumbers }),
  ),
  fit: v.exactOptional(oneOf(FITS)),
  channels: v.exactOptional(oneOf([1, 4])),
});

const classNamesSchema = v.custom<string[]>(
  (value) =>
    Array.isArray(value) &&
    value.every((name) => typeof name === 'string' && name !== '') &&
    new Set(value).size === value.length,
  'a list of different names',
);

/** One number an epoch under each key. */
export const historySchema = v.pipe(
  v.looseObject(
    {
      loss: v.exactOptional(list(numberOrNan)),
      acc: v.exactOptional(list(numberOrNan)),
      val_loss: v.exactOptional(list(numberOrNan)),
      val_acc: v.exactOptional(list(numberOrNan)),
      learning_rate: v.exactOptional(list(numberOrNan)),
    },
    'an object',
  ),
  v.check(
    (history) => new Set(Object.values(history).map((values) => (values as unknown[]).length)).size <= 1,
    'lists of the same length',
  ),
);

export const badFilesSchema = list(fields({ path: text, reason: text }));

const savedWeights = { folder: weightsFolder, epoch: count, step: count };
const bestWeights = fields({ ...savedWeights, monitor: oneOf(MONITORS), value: finiteNumber });

const modelSchema = fields({
  layers: v.pipe(
    list(
      fields({
        name: text,
        kind: text,
        outputShape: plainList(
          (size): size is number | null => size === null || (Number.isSafeInteger(size) && (size as number) > 0),
          'a list of sizes',
        ),
        parameterCount: count,
      }),
    ),
    v.maxLength(layersAtMost, `at most ${layersAtMost} layers`),
  ),
  parameterCount: count,
  trainableParameterCount: count,
});

/** Earlier versions knew float32 only. */
export const precisionSchema = v.optional(oneOf(PRECISIONS), 'float32');

const foundImages = fields({ count, examples: textList });
const foundGroup = fields({ images: textList, imageCount: count, identical: flag, distance: wholeNumber(0, 256) });
const foundGroups = fields({ groupCount: count, identicalCount: count, imageCount: count, examples: list(foundGroup) });

const findingsSchema = fields({
  examined: count,
  turned: foundImages,
  dark: foundImages,
  black: foundImages,
  clipped: foundImages,
  constant: foundImages,
  contradictory: foundGroups,
  straddling: foundGroups,
  repeated: foundGroups,
});

/** run.json. What the first versions lacked may be absent. */
export const runSchema = fields({
  format: text,
  formatVersion: wholeNumber(1),
  startedAt: text,
  status: oneOf(['running', 'finished', 'interrupted', 'diverged']),
  classNames: classNamesSchema,
  preprocessing: preprocessingSchema,
  options: fields({ defaultWeights: v.exactOptional(oneOf(['best', 'last'])) }),
  seed: wholeNumber(0, 2 ** 32 - 1),
  counts: fields({ train: count, validation: count }),
  classCounts: v.exactOptional(fields({ train: list(count), validation: list(count) })),
  leftOut: v.exactOptional(list(fields({ reason: text, count, examples: textList }))),
  model: modelSchema,
  weights: fields({ last: fields(savedWeights), best: v.exactOptional(bestWeights) }),
  checkpoints: v.optional(list(fields({ ...savedWeights, best: v.exactOptional(bestWeights) })), () => []),
  kept: v.exactOptional(list(fields(savedWeights))),
  dataList: v.exactOptional(text),
  film: v.exactOptional(fields({ folder: filmFolder, images: textList })),
  resumptions: v.optional(list(fields({ at: text, step: count, differences: textList })), () => []),
  history: historySchema,
  epochSeconds: v.exactOptional(
    plainList((value): value is number | null => value === null || Number.isFinite(value), 'a list of seconds'),
  ),
  badFiles: badFilesSchema,
  check: v.exactOptional(findingsSchema),
  backend: fields({ name: text, version: text, threads: count }),
  engine: oneOf(['graph', 'layers']),
  precision: precisionSchema,
  versions: fields({ cnnviz: text, node: text, tfjs: text }),
});
