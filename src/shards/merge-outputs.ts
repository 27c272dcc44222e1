// Puts shards of outputs together again, in the order of one pass.

import { CnnvizError } from '../base/errors.js';
import type { OutputCommand, OutputShard } from './output-shard.js';
import { placeInList } from './shard-places.js';
import { type MustAgree, type NamedShard, ShardSet } from './shard-set.js';

/** What one pass would have computed. */
export interface MergedOutputs {
  /** the first shard, for what is the same in all of them */
  common: Omit<OutputShard, 'paths' | 'labels' | 'places' | 'outputs' | 'badFiles' | 'shard'>;
  /** of all images, by their places in the whole list */
  paths: string[];
  labels: Int32Array;
  badFiles: { path: string; reason: string }[];
  /** The images that could be read, batch by batch as they were computed. */
  batches(): Generator<OutputBatch>;
}

/** Images that were computed together. */
export interface OutputBatch {
  /** [images]: places in the whole list */
  fileIndexes: Int32Array;
  /** [images, units] */
  outputs: Float32Array;
}

/** What must be the same in all shards, besides their number. */
const MUST_AGREE: MustAgree<OutputShard> = [
  ['the classes', ({ classNames }) => classNames.join(', ') || 'none'],
  ['the number of images', ({ data }) => data.fileCount],
  ['the list of images', ({ data }) => data.identity],
  ['the network and its weights', ({ model }) => model.identity],
  ['the preprocessing', ({ preprocessing }) => JSON.stringify(preprocessing)],
  ['the output and logits', ({ details }) => JSON.stringify(details.output)],
  ['the precision', ({ precision }) => precision],
  ['the backend', ({ backend }) => backend.name],
  ['the batch size', ({ batchSize }) => batchSize],
  ['what was found of the images', ({ details }) => JSON.stringify(details)],
];

/** Collects all shards of one list of images, in any order. */
export class OutputMerger {
  readonly #command: OutputCommand;
  readonly #set = new ShardSet(MUST_AGREE);
  readonly #shards: NamedShard<OutputShard>[] = [];

  constructor(command: OutputCommand) {
    this.#command = command;
  }

  /** @throws CnnvizError BAD_ARGUMENT unless it belongs to those before */
  add(next: NamedShard<OutputShard>): void {
    this.#set.add(next);
    this.#shards.push(next);
  }

  /** @throws CnnvizError BAD_ARGUMENT while shards are missing */
  finish(): MergedOutputs {
    const common = this.#set.requireAll(({ data }) => `cnnviz ${this.#command} ${data.path}`);
    const shards = this.#shards.map(({ shard }) => shard);
    const units = requireSameUnits(this.#shards);
    const { fileCount } = common.data;
    const paths = new Array<string>(fileCount);
    const labels = new Int32Array(fileCount);
    const bad: { index: number; reason: string }[] = [];
    for (const { shard, batchSize, ...own } of shards) {
      const indexOf = (place: number) => placeInList(place, shard, batchSize);
      for (const [place, path] of own.paths.entries()) {
        paths[indexOf(place)] = path;
        labels[indexOf(place)] = own.labels[place] as number;
      }
      for (const { place, reason } of own.badFiles) bad.push({ index: indexOf(place), reason });
    }
    bad.sort((a, b) => a.index - b.index);
    const badFiles = bad.map(({ index, reason }) => ({ path: paths[index] as string, reason }));
    return { common, paths, labels, badFiles, batches: () => readBatches(shards, units) };
  }
}

function requireSameUnits(shards: readonly NamedShard<OutputShard>[]): number {
  let known = 0;
  for (const { path, shard } of shards) {
    if (shard.places.length === 0) continue;
    const units = shard.outputs.length / shard.places.length;
    if (known !== 0 && units !== known) {
      throw new CnnvizError('BAD_ARGUMENT', `${path}: expected ${known} outputs for each image, found ${units}`);
    }
    known = units;
  }
  return known;
}

/** Batch k of the whole list is in shard k mod count, and each shard has its batches in their order. */
function* readBatches(shards: readonly OutputShard[], units: number): Generator<OutputBatch> {
  const inOrder = [...shards].sort((a, b) => a.shard.index - b.shard.index);
  const next = inOrder.map(() => 0);
  const [{ data, batchSize, shard } = { data: { fileCount: 0 }, batchSize: 1, shard: { count: 1 } }] = inOrder;
  for (let batch = 0; batch * batchSize < data.fileCount; batch++) {
    const at = batch % shard.count;
    const own = inOrder[at] as OutputShard;
    const start = next[at] as number;
    const endPlace = (Math.floor(batch / shard.count) + 1) * batchSize;
    let end = start;
    while (end < own.places.length && (own.places[end] as number) < endPlace) end++;
    next[at] = end;
    if (end === start) continue;
    const fileIndexes = Int32Array.from(own.places.subarray(start, end), (place) =>
      placeInList(place, own.shard, batchSize),
    );
    yield { fileIndexes, outputs: own.outputs.subarray(start * units, end * units) };
  }
}
