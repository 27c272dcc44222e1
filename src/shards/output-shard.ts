// Shards of what a network's last layer gave for images: what `predict` and `evaluate` compute is computed of that.

import { checkContent } from '../disk/schema.js';
import { outputShardSchema } from './output-shard-schema.js';
import { decodeShardBytes, encodeShardBytes } from './shard-bytes.js';
import type { Shard } from './shard-set.js';

/** The commands that have such shards. */
export type OutputCommand = 'predict' | 'evaluate';

/** What one pass over some images, or over every n-th batch of them, has computed. */
export interface OutputShard {
  format: `cnnviz-${OutputCommand}-shard`;
  formatVersion: number;
  versions: { cnnviz: string; node: string };
  backend: { name: string; version: string; threads: number };
  model: { path: string; weights?: 'last' | 'best'; epoch?: number; identity: string };
  precision: 'float32' | 'bfloat16';
  /** how images became the network's input */
  preprocessing: object;
  /** identity: of the whole list of images, not the shard's; fileCount: of the whole list; path: what makes a shard again */
  data: { path: string; fileCount: number; identity: string };
  /** of the network; empty where they are not known */
  classNames: string[];
  /** batch k, from 0, of the whole list belongs to shard k mod count + 1: its images are computed together as in one pass */
  shard: Shard;
  batchSize: number;
  /** what else a result says, the same in all shards */
  details: ShardDetails;
  /** of the shard's images, bad ones too */
  paths: string[];
  /** of each of those, the class that it shows; -1 where that is not known */
  labels: number[];
  /** of the images that could be read: their places in `paths` */
  places: Uint32Array;
  /** [places, units] of the last layer, one after the other */
  outputs: Float32Array;
  /** images that could not be read: their places in `paths` */
  badFiles: { place: number; reason: string }[];
}

/** What the command found out before the first image was computed. */
export interface ShardDetails {
  /** what the network's output says */
  outputKind: string;
  /** the outputs by name, and whether `logits` was given: their numbers mean something else then */
  output?: { names: string[]; logits: boolean | null };
  /** with the images of the network's run; null if unknown */
  overlap: Record<string, number> | null;
  /** of `evaluate` */
  evaluation?: {
    /** the data folder, as it was named */
    data: string;
    split: 'train' | 'validation' | 'test' | 'unseen' | 'held-out' | null;
    missingClasses: string[];
    unknownClasses: { className: string; imageCount: number }[];
    /** what pictures say of the network */
    source: { words: string[]; texts: Record<string, string> };
    autoOrient: boolean;
  };
}

const FORMAT_VERSION = 1;

export function startOutputShard(
  command: OutputCommand,
  fields: Omit<OutputShard, 'format' | 'formatVersion'>,
): OutputShard {
  return { format: `cnnviz-${command}-shard`, formatVersion: FORMAT_VERSION, ...fields };
}

export function encodeOutputShard(shard: OutputShard): Uint8Array {
  return encodeShardBytes(shard);
}

/** @param path named in errors @throws CnnvizError BAD_ARGUMENT for what is no shard of the command */
export function decodeOutputShard(command: OutputCommand, file: Uint8Array, path: string): OutputShard {
  const format = { format: `cnnviz-${command}-shard`, version: FORMAT_VERSION, command };
  const { content, refuse } = decodeShardBytes(file, path, format);
  return checkContent(outputShardSchema, content, refuse) as OutputShard;
}
