// The bytes of a shard's file, whatever was measured: a line of JSON and the arrays that it names, compressed.

import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { CnnvizError } from '../base/errors.js';
import { parseJson, type Refuse } from '../disk/read-file.js';
import { checkFormat } from '../disk/schema.js';
import { packArrays, splitBytes, unpackArrays } from './packed-arrays.js';

/** What identifies the shards of one command. */
export interface ShardFormat {
  /** the first field of the JSON */
  format: string;
  /** the newest version that is read */
  version: number;
  /** the command that writes them, such as `channels` */
  command: string;
}

/** @param shard its first field is `format` */
export function encodeShardBytes(shard: { format: string; formatVersion: number }): Uint8Array {
  const { text, packed } = packArrays(shard);
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
  const unpack = unpackArrays(bytes.subarray(line.length + 1));
  const content = parseJson(line, refuse, (key, value) => revive(key, unpack(key, value)));
  checkFormat(content, { format, version, expected }, refuse);
  return { content, refuse };
}

/** Bytes of a shard before it is compressed: what V8 allows for a text, less some. */
const bytesAtMost = 480 * 2 ** 20;

/** A small file can become any amount of text: no more is made of it than a shard can have. */
function inflate(bytes: Uint8Array, format: string, refuse: () => Error): Buffer {
  // The beginning of the line identifies a shard before all of it is there.
  const beginning = Buffer.from(`{"format":"${format}"`);
  try {
    // What 512 bytes become at most is half a megabyte.
    const head = gunzipSync(bytes.subarray(0, 512), { finishFlush: constants.Z_SYNC_FLUSH });
    if (head.subarray(0, beginning.length).equals(beginning))
      return gunzipSync(bytes, { maxOutputLength: bytesAtMost });
  } catch {
    // Not compressed, cut off, or too large.
  }
  throw refuse();
}
