// The bytes of a shard's file, whatever was measured: a line of JSON and the arrays that it names, compressed.

import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { CnnvizError } from '../base/errors.js';
import { parseJson, type Refuse } from '../disk/read-file.js';
import { checkFormat } from '../disk/schema.js';
import { packArrays, splitBytes, unpackArrays } from './packed-arrays.js';

/** Bytes of a shard's JSON: what V8 allows for a text, less some. */
const TEXT_BYTES = 480 * 2 ** 20;
/** Bytes of its arrays: with the JSON less than 2 GiB, which Node reads of a file at once. */
const ARRAY_BYTES = 1536 * 2 ** 20;

/** What identifies the shards of one command. */
export interface ShardFormat {
  /** the first field of the JSON */
  format: string;
  /** the newest version that is read */
  version: number;
  /** the command that writes them, such as `channels` */
  command: string;
}

/** @param textBytes of the JSON, where it is known @throws CnnvizError BAD_ARGUMENT for a shard that could not be read again */
export function requireShardSize(arrayBytes: number, textBytes = 0): void {
  if (arrayBytes <= ARRAY_BYTES && textBytes <= TEXT_BYTES) return;
  const size = ((arrayBytes + textBytes) / 2 ** 30).toFixed(1);
  throw new CnnvizError('BAD_ARGUMENT', `shard: it would hold ${size} GiB, which cannot be read again`, {
    hint: 'Divide the images into more shards.',
    options: ['shard'],
  });
}

/** @param shard its first field is `format` */
export function encodeShardBytes(shard: { format: string; formatVersion: number }): Uint8Array {
  const { text, packed } = packArrays(shard);
  requireShardSize(packed.length, Buffer.byteLength(text));
  return Buffer.concat([gzipSync(`${text}\n`), ...splitBytes(packed).map((part) => gzipSync(part))]);
}

/**
 * Reads such bytes; what is in them is for a schema to check.
 *
 * @param path named in errors
 * @param revive what `JSON.parse` takes in addition, after the arrays are back
 * @throws CnnvizError BAD_ARGUMENT for what is not a shard of this version or an earlier one
 */
export function decodeShardBytes(
  file: Uint8Array,
  path: string,
  { format, version, command }: ShardFormat,
  revive: (key: string, value: unknown) => unknown = (_, value) => value,
): { content: unknown; refuse: Refuse } {
  const expected = `a shard of "cnnviz ${command} --shard"`;
  const refuse: Refuse = (reason, cause) =>
    new CnnvizError('BAD_ARGUMENT', `${path}: ${reason}`, cause === undefined ? {} : { cause });
  const bytes = inflate(file, format, () => refuse(`expected ${expected}, found another file`));
  const lineEnd = bytes.indexOf('\n');
  const line = lineEnd < 0 ? bytes : bytes.subarray(0, lineEnd);
  if (line.length > TEXT_BYTES) throw refuse(`expected ${expected}, found another file`);
  const unpack = unpackArrays(bytes.subarray(line.length + 1));
  const content = parseJson(line, refuse, (key, value) => revive(key, unpack(key, value)));
  checkFormat(content, { format, version, expected }, refuse);
  return { content, refuse };
}

/** A small file can become any amount of text: no more is made of it than a shard can have. */
function inflate(bytes: Uint8Array, format: string, refuse: () => Error): Buffer {
  // The beginning of the line identifies a shard before all of it is there.
  const beginning = Buffer.from(`{"format":"${format}"`);
  try {
    // What 512 bytes become at most is half a megabyte.
    const head = gunzipSync(bytes.subarray(0, 512), { finishFlush: constants.Z_SYNC_FLUSH });
    if (head.subarray(0, beginning.length).equals(beginning))
      return gunzipSync(bytes, { maxOutputLength: TEXT_BYTES + ARRAY_BYTES });
  } catch {
    // Not compressed, cut off, or too large.
  }
  throw refuse();
}
