// Adds up shards of `patches`, and refuses shards that do not belong together.

import { type MustAgree, type NamedShard, ShardSet } from '../shards/shard-set.js';
import { mergePeaks, type PeakTally } from './peaks.js';
import type { PatchShard } from './shard.js';

/** Adds up all shards of one folder, one after the other: what comes of them is what one pass gives, to the last bit. */
export class PatchMerger {
  readonly #set = new ShardSet(MUST_AGREE);

  /** Adds a shard, which is used up by that. @throws CnnvizError BAD_ARGUMENT unless it belongs to those before */
  add(next: NamedShard<PatchShard>): void {
    const sum = this.#set.add(next);
    if (sum !== next.shard) addShard(sum, next.shard);
  }

  /** What one pass over the whole folder would have found. @throws CnnvizError BAD_ARGUMENT while shards are missing */
  finish(): PatchShard {
    const shard = this.#set.requireAll(({ data }) => `cnnviz patches ${data.path}`);
    return { ...shard, shard: { index: 1, count: 1 } };
  }
}

/** What must be the same in all shards, besides their number. */
const MUST_AGREE: MustAgree<PatchShard> = [
  ['the classes', ({ classNames }) => classNames.join(', ') || 'none'],
  ['the number of images in the folder', ({ data }) => data.fileCount],
  ['the list of images in the folder', ({ data }) => data.identity],
  ['the network and its weights', ({ model }) => model.identity],
  ['the layers', ({ layers }) => layers.map(({ layer }) => layer.name).join(', ')],
  ['the preprocessing', ({ preprocessing }) => JSON.stringify(preprocessing)],
  ['the number of patches', ({ count }) => count],
  ['the backend', ({ backend }) => backend.name],
  ['the batch size', ({ batchSize }) => batchSize],
];

function addShard(into: PatchShard, from: PatchShard): void {
  into.badImageCount += from.badImageCount;
  into.imageCounts = into.imageCounts.map((count, index) => count + (from.imageCounts[index] as number));
  into.layers.forEach(({ peaks }, index) => {
    mergePeaks(peaks, from.layers[index]?.peaks as PeakTally);
  });
  Object.assign(into.files, from.files);
}
