// Adds up shards, and refuses shards that do not belong together.

import { CnnvizError } from '../base/errors.js';
import type { ChannelShard } from './shard.js';
import { type LayerTally, mergeTally } from './tally.js';

/** A shard and the file that it came from. */
export interface NamedShard {
  path: string;
  shard: ChannelShard;
}

/** Adds up all shards of one folder, one after the other. */
export class ShardMerger {
  #first: NamedShard | undefined;
  readonly #merged = new Map<number, string>();
  readonly #backends = new Set<string>();

  /** Adds a shard, which is used up by that. @throws CnnvizError BAD_ARGUMENT unless it belongs to those before */
  add({ path, shard }: NamedShard): void {
    const { index } = shard.shard;
    if (this.#first !== undefined) checkSame(this.#first, { path, shard });
    const twin = this.#merged.get(index);
    if (twin !== undefined) {
      throw new CnnvizError('BAD_ARGUMENT', `${path}: shard ${describe(shard)} is a duplicate, it is also in ${twin}`);
    }
    this.#merged.set(index, path);
    this.#backends.add(shard.backend.name);
    if (this.#first === undefined) this.#first = { path, shard };
    else addShard(this.#first.shard, shard);
  }

  /** What one pass over the whole folder would have counted. @throws CnnvizError BAD_ARGUMENT while shards are missing */
  finish(): ChannelShard {
    if (this.#first === undefined) throw new CnnvizError('BAD_ARGUMENT', 'shards: expected at least one file');
    const { shard } = this.#first;
    const { count } = shard.shard;
    const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !this.#merged.has(index));
    if (missing.length > 0) {
      const list = `${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ', ...' : ''}`;
      throw new CnnvizError('BAD_ARGUMENT', `shards: ${missing.length} of ${count} are missing: ${list}`, {
        hint: `Create them with "cnnviz channels ${shard.data.path} --shard ${missing[0]}/${count}".`,
      });
    }
    const otherBackends = [...this.#backends].filter((name) => name !== shard.backend.name);
    return { ...shard, ...(otherBackends.length === 0 ? {} : { otherBackends }), shard: { index: 1, count: 1 } };
  }
}

/** What must be the same in all shards, in the words of an error. */
const MUST_AGREE: [what: string, read: (shard: ChannelShard) => unknown][] = [
  ['the number of shards', ({ shard }) => shard.count],
  ['the classes', ({ classNames }) => classNames.join(', ') || 'none'],
  ['the number of images in the folder', ({ data }) => data.fileCount],
  ['the list of images in the folder', ({ data }) => data.identity],
  ['the network and its weights', ({ model }) => model.identity],
  ['the layers', ({ layers }) => layers.map(({ layer }) => layer.name).join(', ')],
  ['the preprocessing', ({ preprocessing }) => JSON.stringify(preprocessing)],
];

function checkSame(first: NamedShard, next: NamedShard): void {
  for (const [what, read] of MUST_AGREE) {
    const [expected, found] = [read(first.shard), read(next.shard)];
    if (expected === found) continue;
    const difference = `expected ${what} of ${first.path}: ${shorten(expected)}, found ${shorten(found)}`;
    throw new CnnvizError('BAD_ARGUMENT', `${next.path}: ${difference}`, {
      hint: 'Only shards of the same command can be merged, except for --shard.',
    });
  }
}

/** Letters of a value in an error: a list of a thousand classes says no more than its beginning. */
const SHOWN_LETTERS = 200;

/** An identity is named by its beginning, and so is what would fill a page. */
function shorten(value: unknown): string {
  const text = String(value).replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, '$1...');
  return text.length <= SHOWN_LETTERS ? text : `${text.slice(0, SHOWN_LETTERS)}...`;
}

function addShard(into: ChannelShard, from: ChannelShard): void {
  into.badImageCount += from.badImageCount;
  into.imageCounts = into.imageCounts.map((count, index) => count + (from.imageCounts[index] as number));
  into.layers.forEach(({ tally }, index) => {
    mergeTally(tally, from.layers[index]?.tally as LayerTally);
  });
  Object.assign(into.paths, from.paths);
}

function describe({ shard: { index, count } }: ChannelShard): string {
  return `${index}/${count}`;
}
