// The file of a training profile.

import { CnnvizError } from '../base/errors.js';
import { replaceFile } from '../disk/files.js';
import { type Refuse, readJson } from '../disk/read-file.js';
import { checkContent, checkFormat, fields, text, textList, wholeNumber } from '../disk/schema.js';
import { MIN_HELD_OUT, type TrainingProfile } from './training-profile.js';

const FORMAT = 'cnnviz-training-profile';
const FORMAT_VERSION = 1;

/** Of arrays: base 64 of float64; of the factor the lower triangle, row by row. */
const schema = fields({
  ...{ identity: text, layerNames: textList, imageCount: wholeNumber(1) },
  ...{ mean: text, factor: text, distances: text },
});

/** Writes a profile, whole or not at all. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function writeProfile(path: string, profile: TrainingProfile): Promise<void> {
  const { mean, factor, distances, ...about } = profile;
  const arrays = {
    mean: encode(mean),
    factor: encode(packTriangle(factor, mean.length)),
    distances: encode(distances),
  };
  await replaceFile(
    path,
    `${JSON.stringify({ format: FORMAT, formatVersion: FORMAT_VERSION, ...about, ...arrays })}\n`,
  );
}

/** @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL for what is no profile */
export async function readProfile(path: string): Promise<TrainingProfile> {
  const refuse: Refuse = (reason, cause) =>
    new CnnvizError('BAD_MODEL', `${path}: ${reason}`, cause === undefined ? {} : { cause });
  const content = await readJson(path, refuse);
  checkFormat(
    content,
    { format: FORMAT, version: FORMAT_VERSION, expected: "the profile of a run's training images" },
    refuse,
  );
  const { identity, layerNames, imageCount, ...arrays } = checkContent(schema, content, refuse);
  const [mean, triangle, distances] = [decode(arrays.mean), decode(arrays.factor), decode(arrays.distances)];
  const expected = (mean.length * (mean.length + 1)) / 2;
  if (triangle.length !== expected) throw refuse(`factor: expected ${expected} numbers, received ${triangle.length}`);
  if (distances.length < MIN_HELD_OUT)
    throw refuse(
      `distances: expected those of at least ${MIN_HELD_OUT} validation images, received ${distances.length}`,
    );
  return { identity, layerNames, imageCount, mean, factor: unpackTriangle(triangle, mean.length), distances };
}

function packTriangle(matrix: Float64Array, size: number): Float64Array {
  const packed = new Float64Array((size * (size + 1)) / 2);
  for (let row = 0; row < size; row++) {
    packed.set(matrix.subarray(row * size, row * size + row + 1), (row * (row + 1)) / 2);
  }
  return packed;
}

function unpackTriangle(packed: Float64Array, size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    matrix.set(packed.subarray((row * (row + 1)) / 2, ((row + 1) * (row + 2)) / 2), row * size);
  }
  return matrix;
}

const encode = ({ buffer, byteOffset, byteLength }: Float64Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

function decode(base64: string): Float64Array {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  return new Float64Array(bytes.buffer, 0, Math.floor(bytes.length / Float64Array.BYTES_PER_ELEMENT));
}
