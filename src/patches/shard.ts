// Reads and writes shards of `patches`: the strongest responses on a part of the images.

import type { DescribedLayer } from '../channels/measure-channels.js';
import type { ChannelShard } from '../channels/shard.js';
import { checkContent } from '../disk/schema.js';
import type { ReceptiveField } from '../engines/contract/receptive-field.js';
import { decodeShardBytes, encodeShardBytes } from '../shards/shard-bytes.js';
import type { PeakTally } from './peaks.js';
import type { PatchReport } from './report.js';
import { patchShardSchema } from './shard-schema.js';

const FORMAT = 'cnnviz-patches-shard';
const FORMAT_VERSION = 1;

/** What the shards of every kind of channel measurement say of where they come from. */
type Provenance = Pick<
  ChannelShard,
  'versions' | 'backend' | 'model' | 'data' | 'classNames' | 'badImageCount' | 'shard' | 'imageCounts'
>;

/** What one pass over a folder, or over every n-th of its images, has found: it adds up with the other shards'. */
export interface PatchShard extends Provenance {
  format: typeof FORMAT;
  formatVersion: number;
  /** how images became the network's input */
  preprocessing: PatchPreprocessing;
  /** images computed at once: another number may round otherwise */
  batchSize: number;
  /** images kept of each channel */
  count: number;
  layers: PeakLayer[];
  /** of the images that are among a channel's strongest, by file index: byteCount is the size of the file */
  files: Record<string, { path: string; classIndex: number; byteCount: number }>;
}

/** What is needed to find on an image what the network got. */
export interface PatchPreprocessing {
  height: number;
  width: number;
  interpolation: PatchReport['input']['interpolation'];
  autoOrient: boolean;
  fit?: 'stretch' | 'crop' | 'pad';
}

export interface PeakLayer {
  layer: DescribedLayer;
  /** in its network, from 1 */
  position: number;
  field: ReceptiveField | null;
  peaks: PeakTally;
}

export function startPatchShard(fields: Omit<PatchShard, 'format' | 'formatVersion'>): PatchShard {
  return { format: FORMAT, formatVersion: FORMAT_VERSION, ...fields };
}

/** The bytes of a shard's file. */
export function encodePatchShard(shard: PatchShard): Uint8Array {
  return encodeShardBytes(shard);
}

/** @param path named in errors @throws CnnvizError BAD_ARGUMENT for what is not such a shard */
export function decodePatchShard(file: Uint8Array, path: string): PatchShard {
  const format = { format: FORMAT, version: FORMAT_VERSION, command: 'patches' };
  const { content, refuse } = decodeShardBytes(file, path, format);
  return checkContent(patchShardSchema, content, refuse) as PatchShard;
}
