import * as v from 'valibot';
import { fields, finiteNumber, list, oneOf, plainList, text } from '../../disk/schema.js';
import { numbersAtMost } from '../limits.js';

/** What a tfjs layers model consists of: this file, and the weights that it names. */
export const MODEL_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

const BYTES_PER_NUMBER = {
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
  quantization: v.exactOptional(
    fields({
      dtype: oneOf(DTYPES),
      min: v.exactOptional(finiteNumber),
      scale: v.exactOptional(finiteNumber),
    }),
  ),
});

/** model.json of a TensorFlow.js layers model; what is in its topology is for `checkTopology` to see. */
export const modelSchema = fields({
  modelTopology: fields({}),
  weightsManifest: list(fields({ paths: list(text), weights: list(weightSchema) })),
});

export type ModelFile = v.InferOutput<typeof modelSchema>;
export type WeightEntry = ModelFile['weightsManifest'][number]['weights'][number];

/** Bytes of a weight in its file. */
export function measureWeight({ shape, dtype, quantization }: WeightEntry): number {
  return shape.reduce((product, size) => product * size, BYTES_PER_NUMBER[quantization?.dtype ?? dtype]);
}
