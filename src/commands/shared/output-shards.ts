// Shards of `predict` and `evaluate`: written in place of a result, and read again to be merged.

import { createHash } from 'node:crypto';
import { CnnvizError } from '../../base/errors.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import { replaceFile } from '../../disk/files.js';
import { readBytes } from '../../disk/read-file.js';
import { identifyModel } from '../../network/identify-model.js';
import { type MergedOutputs, OutputMerger } from '../../shards/merge-outputs.js';
import {
  decodeOutputShard,
  encodeOutputShard,
  type OutputCommand,
  type OutputShard,
  type ShardDetails,
  startOutputShard,
} from '../../shards/output-shard.js';
import { requireShardSize } from '../../shards/shard-bytes.js';
import type { Shard } from '../../shards/shard-set.js';
import { requireFinite } from './classify.js';
import type { EventListener, WorkflowOptions } from './events.js';
import type { LocatedNetwork } from './locate-network.js';
import { expandShardFiles } from './merge-options.js';
import type { TrainedNetwork } from './network-in-use.js';
import type { OutputStream } from './output-stream.js';
import { readVersions } from './versions.js';
import type { WrittenShard } from './written-shard.js';

/** What a shard says besides what its images gave. */
export interface ShardRequest {
  command: OutputCommand;
  found: LocatedNetwork;
  trained: TrainedNetwork;
  shard: Shard;
  batchSize: number;
  /** what makes another shard of the same images, such as their folder */
  argument: string;
  /** every image of the list, whatever part of it this shard is */
  paths: readonly string[];
  classNames: readonly string[];
  /** of the shard's images, in the stream's order; -1 where the class is not known */
  labels: readonly number[];
  details: Omit<ShardDetails, 'output'>;
  /** as it was given */
  logits: boolean | undefined;
  stream: OutputStream;
  out: string;
}

/**
 * Runs the network over a shard's images and writes what it gave.
 *
 * @throws CnnvizError BAD_IMAGE with `onBadImage: 'fail'`, BAD_MODEL, NOT_WRITABLE, DISK_FULL, ABORTED
 */
export async function writeOutputShard(request: ShardRequest, options: WorkflowOptions): Promise<WrittenShard> {
  const { command, found, trained, shard, batchSize, paths, classNames, stream, out } = request;
  const { name, version, threads } = trained.backend;
  const { scoreCount } = trained.network;
  // Before anything is computed: a float32 of each output, and the place of each image.
  requireShardSize(stream.files.length * ((scoreCount ?? 1) + 1) * Float32Array.BYTES_PER_ELEMENT);
  const { places, outputs } = await collectOutputs(trained, stream);
  const content = startOutputShard(command, {
    versions: readVersions(),
    backend: { name, version, threads },
    model: { ...trained.place, identity: await identifyModel(found.modelPath) },
    precision: trained.network.precision,
    preprocessing: trained.preprocessing,
    data: { path: request.argument, fileCount: paths.length, identity: identifyList(paths) },
    classNames: [...classNames],
    shard,
    batchSize,
    details: { ...request.details, output: describeOutput(trained, request.logits) },
    paths: stream.files.map(({ path }) => path),
    labels: [...request.labels],
    places,
    outputs,
    badFiles: stream.badPlaces,
  });
  await replaceFile(out, encodeOutputShard(content));
  options.onEvent?.({ type: 'file-written', path: out });
  return { shardFile: out, imageCount: places.length, badImages: stream.badFiles };
}

function describeOutput({ network }: TrainedNetwork, logits: boolean | undefined): Required<ShardDetails>['output'] {
  return { names: [...network.outputNames], logits: logits ?? null };
}

async function collectOutputs(
  { place }: TrainedNetwork,
  stream: OutputStream,
): Promise<Pick<OutputShard, 'places' | 'outputs'>> {
  const rows: { places: Int32Array; outputs: Float32Array }[] = [];
  try {
    if (stream.files.length > 0) {
      for await (const { batch, outputs } of stream) {
        requireFinite(outputs, `${place.path}: the network`);
        rows.push({ places: batch.fileIndexes, outputs: outputs.slice() });
      }
    }
  } catch (error) {
    // Not one image of this part can be used; others can have some.
    const isEmpty = stream.badPlaces.length === stream.files.length;
    if (!isEmpty || !(error instanceof CnnvizError) || error.code !== 'BAD_DATASET') throw error;
  }
  return {
    places: Uint32Array.from(rows.flatMap((row) => [...row.places])),
    outputs: joinArrays(rows.map(({ outputs }) => outputs)),
  };
}

function joinArrays(arrays: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    joined.set(array, at);
    at += array.length;
  }
  return joined;
}

/** A SHA-256 of the paths and their order, in hexadecimal. */
function identifyList(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\0`);
  return hash.digest('hex');
}

/**
 * Reads all shards of one list of images. Each image that could not be read is reported as one pass does.
 *
 * @throws CnnvizError BAD_ARGUMENT (a shard is missing, is there twice or is of another command, network or list),
 * NOT_FOUND, NOT_READABLE, ABORTED; BAD_IMAGE of `predict` and BAD_DATASET of `evaluate` where not one image could be read
 */
export async function mergeOutputShards(
  command: OutputCommand,
  shards: readonly string[],
  { signal, onEvent }: WorkflowOptions,
): Promise<MergedOutputs> {
  const merger = new OutputMerger(command);
  for (const path of await expandShardFiles(shards)) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${path}`);
    merger.add({ path, shard: decodeOutputShard(command, await readBytes(path), path) });
  }
  const merged = merger.finish();
  const [first] = merged.badFiles;
  if (merged.badFiles.length === merged.paths.length && first !== undefined) {
    const message = `none of the ${merged.paths.length} images can be used; first: ${first.path}: ${first.reason}`;
    throw new CnnvizError(command === 'predict' ? 'BAD_IMAGE' : 'BAD_DATASET', message);
  }
  reportBadFiles(merged.badFiles, onEvent);
  return merged;
}

function reportBadFiles(badFiles: readonly BadFile[], onEvent: EventListener = () => undefined): void {
  for (const badFile of badFiles) onEvent({ type: 'bad-image', ...badFile });
}

/** Where a merged result's network was found, as one pass gives it. */
export function placeOf({ model: { path, weights, epoch } }: MergedOutputs['common']): TrainedNetwork['place'] {
  return { path, ...(weights !== undefined && { weights }), ...(epoch !== undefined && { epoch }) };
}
