import * as v from 'valibot';
import { fields, list, oneOf, plainList, text } from '../disk/schema.js';

/** What a tfjs layers model consists of: this file, and the weights that it names. */
export const MODEL_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

/** Of a saved network; the deepest that are in use have some 1,400. */
export const layersAtMost = 3000;

/** What one array of numbers can hold: 2 GiB of float32. */
const numbersAtMost = 2 ** 29;

export const BYTES_PER_NUMBER = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
} as const;
const DTYPES = Object.keys(BYTES_PER_NUMBER) as (keyof typeof BYTES_PER_NUMBER)[];

const shape = v.pipe(
  plainList((size): size is number => Number.isSafeInteger(size) && (size as number) >= 0, 'a list of whole numbers'),
  v.check(
    (sizes) => sizes.reduce((product, size) => product * size, 1) <= numbersAtMost,
    `a shape of at most ${numbersAtMost} numbers`,
  ),
);

const weightSchema = fields({
  name: text,
  shape,
  dtype: oneOf(DTYPES),
  quantization: v.exactOptional(fields({ dtype: oneOf(DTYPES) })),
});

/** model.json of a TensorFlow.js layers model; what is in its topology is for `checkTopology` to see. */
export const modelSchema = fields({
  modelTopology: fields({}),
  weightsManifest: list(fields({ paths: list(text), weights: list(weightSchema) })),
});

export type ModelFile = v.InferOutput<typeof modelSchema>;
