// Reads and writes shards: the tallies of a part of the images.

import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { CnnvizError } from '../base/errors.js';
import { parseJson } from '../disk/read-file.js';
import { checkContent, checkFormat } from '../disk/schema.js';
import { decodeBase64Array, dropSecondPairs } from './first-format.js';
import type { DescribedLayer } from './measure-channels.js';
import { packArrays, splitBytes, unpackArrays } from './packed-arrays.js';
import type { ChannelReport } from './report.js';
import { shardSchema } from './shard-schema.js';
import type { LayerTally } from './tally.js';

const FORMAT = 'cnnviz-channels-shard';
const FORMAT_VERSION = 2;

/** What one pass over a folder, or over every n-th of its images, has counted: it adds up with the other shards'. */
export interface ChannelShard extends Pick<ChannelReport, 'versions' | 'backend' | 'model'> {
  format: typeof FORMAT;
  formatVersion: number;
  /** besides `backend`, the names of those by which other shards of the sum were counted; absent: of none */
  otherBackends?: string[];
  /** how images became the network's input */
  preprocessing: object;
  /** identity: of the whole folder's list of images, not the shard's; fileCount: of the whole folder */
  data: { path: string; split: ChannelReport['data']['split']; fileCount: number; identity: string };
  classNames: string[];
  badImageCount: number;
  /** from 1; image k, from 0, belongs to shard k mod count + 1 */
  shard: { index: number; count: number };
  /** images measured, of each class; of all where there are no classes */
  imageCounts: number[];
  layers: { layer: DescribedLayer; tally: LayerTally }[];
  /** of the images that are a channel's strongest, by file index: the path within the data folder */
  paths: Record<string, string>;
}

export function startShard(fields: Omit<ChannelShard, 'format' | 'formatVersion'>): ChannelShard {
  return { format: FORMAT, formatVersion: FORMAT_VERSION, ...fields };
}

/** The bytes of a shard's file: a line of JSON and the arrays that it names, compressed. */
export function encodeShard(shard: ChannelShard): Uint8Array {
  const { text, packed } = packArrays(shard);
  return Buffer.concat([gzipSync(`${text}\n`), ...splitBytes(packed).map((part) => gzipSync(part))]);
}

/**
 * Reads such bytes.
 *
 * @param path named in errors
 * @throws CnnvizError BAD_ARGUMENT for what is not a shard of this version or an earlier one
 */
export function decodeShard(file: Uint8Array, path: string): ChannelShard {
  const expected = 'a shard of "cnnviz channels --shard"';
  const refuse = (reason: string, cause?: unknown) =>
    new CnnvizError('BAD_ARGUMENT', `${path}: ${reason}`, cause === undefined ? {} : { cause });
  const bytes = inflate(file, () => refuse(`expected ${expected}, found another file`));
  const lineEnd = bytes.indexOf('\n');
  const line = lineEnd < 0 ? bytes : bytes.subarray(0, lineEnd);
  const unpack = unpackArrays(bytes.subarray(line.length + 1));
  const content = parseJson(line, refuse, (key, value) => decodeBase64Array(key, unpack(key, value)));
  checkFormat(content, { format: FORMAT, version: FORMAT_VERSION, expected }, refuse);
  if ((content as ChannelShard).formatVersion < FORMAT_VERSION) dropSecondPairs(content);
  return checkContent(shardSchema, content, refuse);
}

/** Bytes of a shard before it is compressed: what V8 allows for a text, less some. */
const bytesAtMost = 480 * 2 ** 20;
/** The beginning of a shard's line, which identifies it before all of it is there. */
const beginning = Buffer.from(`{"format":"${FORMAT}"`);

/** A small file can become any amount of text: no more is made of it than a shard can have. */
function inflate(bytes: Uint8Array, refuse: () => Error): Buffer {
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
