import { gunzipSync, gzipSync } from 'node:zlib';
import { CnnvizError } from '../errors.js';
import type { DescribedLayer } from './measure-channels.js';
import type { ChannelReport } from './report.js';
import type { LayerTally } from './tally.js';

const FORMAT = 'cnnviz-channels-shard';
const FORMAT_VERSION = 1;

/** What one pass over a folder, or over every n-th of its images, has counted: it adds up with the other shards'. */
export interface ChannelShard extends Pick<ChannelReport, 'versions' | 'backend' | 'model'> {
  format: typeof FORMAT;
  formatVersion: typeof FORMAT_VERSION;
  /** besides `backend`, the names of those by which other shards of the sum were counted; absent: of none */
  otherBackends?: string[];
  /** how photographs became the network's input */
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

/** The bytes of a shard's file: JSON, its arrays in base 64, compressed. */
export function encodeShard(shard: ChannelShard): Uint8Array {
  return gzipSync(JSON.stringify(shard, encodeArray));
}

/**
 * Reads such bytes.
 *
 * @param path named in errors
 * @throws CnnvizError BAD_ARGUMENT for what is no shard of this version
 */
export function decodeShard(bytes: Uint8Array, path: string): ChannelShard {
  const shard = parse(bytes);
  if (shard.format === FORMAT && shard.formatVersion === FORMAT_VERSION) return shard as ChannelShard;
  const found = shard.format === FORMAT ? `version ${shard.formatVersion}` : 'another file';
  const expected = `expected a shard of "cnnviz channels --shard", version ${FORMAT_VERSION}`;
  throw new CnnvizError('BAD_ARGUMENT', `${path}: ${expected}, found ${found}`);
}

function parse(bytes: Uint8Array): { format?: unknown; formatVersion?: unknown } {
  try {
    const value: unknown = JSON.parse(gunzipSync(bytes).toString(), decodeArray);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const ARRAYS = { Float32Array, Float64Array, Uint32Array };

function encodeArray(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const { buffer, byteOffset, byteLength } = value;
  return { array: value.constructor.name, base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
}

function decodeArray(_key: string, value: unknown): unknown {
  if (!(value instanceof Object && 'array' in value && 'base64' in value)) return value;
  const ArrayOfKind = ARRAYS[value.array as keyof typeof ARRAYS];
  // Copied: an array needs memory that begins at a multiple of its elements' size.
  return new ArrayOfKind(new Uint8Array(Buffer.from(value.base64 as string, 'base64')).buffer);
}
