// Reads and writes shards: the tallies of a part of the images.

import { checkContent } from '../disk/schema.js';
import { decodeShardBytes, encodeShardBytes } from '../shards/shard-bytes.js';
import type { Shard } from '../shards/shard-set.js';
import { decodeBase64Array, dropSecondPairs } from './first-format.js';
import type { DescribedLayer } from './measure-channels.js';
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
  shard: Shard;
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
  return encodeShardBytes(shard);
}

/**
 * Reads such bytes.
 *
 * @param path named in errors
 * @throws CnnvizError BAD_ARGUMENT for what is not a shard of this version or an earlier one
 */
export function decodeShard(file: Uint8Array, path: string): ChannelShard {
  const format = { format: FORMAT, version: FORMAT_VERSION, command: 'channels' };
  const { content, refuse } = decodeShardBytes(file, path, format, decodeBase64Array);
  if ((content as ChannelShard).formatVersion < FORMAT_VERSION) dropSecondPairs(content);
  return checkContent(shardSchema, content, refuse);
}
