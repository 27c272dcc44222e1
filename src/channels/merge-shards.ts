// Adds up shards, and refuses shards that do not belong together.

import { type MustAgree, type NamedShard, ShardSet } from '../shards/shard-set.js';
import type { ChannelShard } from './shard.js';
import { type LayerTally, mergeTally } from './tally.js';

/** Adds up all shards of one folder, one after the other. */
export class ShardMerger {
  readonly #set = new ShardSet(MUST_AGREE);
  readonly #backends = new Set<string>();

  /** Adds a shard, which is used up by that. @throws CnnvizError BAD_ARGUMENT unless it belongs to those before */
  add(next: NamedShard<ChannelShard>): void {
    const sum = this.#set.add(next);
    this.#backends.add(next.shard.backend.name);
    if (sum !== next.shard) addShard(sum, next.shard);
  }

  /** What one pass over the whole folder would have counted. @throws CnnvizError BAD_ARGUMENT while shards are missing */
  finish(): ChannelShard {
    const shard = this.#set.requireAll(({ data }) => `cnnviz channels ${data.path}`);
    const otherBackends = [...this.#backends].filter((name) => name !== shard.backend.name);
    return { ...shard, ...(otherBackends.length === 0 ? {} : { otherBackends }), shard: { index: 1, count: 1 } };
  }
}

/** What must be the same in all shards, besides their number. */
const MUST_AGREE: MustAgree<ChannelShard> = [
  ['the classes', ({ classNames }) => classNames.join(', ') || 'none'],
  ['the number of images in the folder', ({ data }) => data.fileCount],
  ['the list of images in the folder', ({ data }) => data.identity],
  ['the network and its weights', ({ model }) => model.identity],
  ['the layers', ({ layers }) => layers.map(({ layer }) => layer.name).join(', ')],
  ['the preprocessing', ({ preprocessing }) => JSON.stringify(preprocessing)],
];

function addShard(into: ChannelShard, from: ChannelShard): void {
  into.badImageCount += from.badImageCount;
  into.imageCounts = into.imageCounts.map((count, index) => count + (from.imageCounts[index] as number));
  into.layers.forEach(({ tally }, index) => {
    mergeTally(tally, from.layers[index]?.tally as LayerTally);
  });
  Object.assign(into.paths, from.paths);
}
