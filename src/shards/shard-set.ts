// Keeps account of the shards of one command, and refuses those that do not belong together.

import { CnnvizError } from '../base/errors.js';

/** Which part of the images a shard is. */
export interface Shard {
  /** from 1 */
  index: number;
  count: number;
}

/** A shard and the file that it came from. */
export interface NamedShard<S> {
  path: string;
  shard: S;
}

/** What must be the same in all shards, in the words of an error. */
export type MustAgree<S> = readonly [what: string, read: (shard: S) => unknown][];

/** The shards that were added so far: all of one command, none of them twice. */
export class ShardSet<S extends { shard: Shard }> {
  readonly #mustAgree: MustAgree<S>;
  readonly #merged = new Map<number, string>();
  #first: NamedShard<S> | undefined;

  constructor(mustAgree: MustAgree<S>) {
    this.#mustAgree = [['the number of shards', ({ shard }) => shard.count], ...mustAgree];
  }

  /** @returns the shard that was added first @throws CnnvizError BAD_ARGUMENT unless it belongs to those before */
  add(next: NamedShard<S>): S {
    const { path, shard } = next;
    if (this.#first !== undefined) checkSame(this.#mustAgree, this.#first, next);
    const { index, count } = shard.shard;
    const twin = this.#merged.get(index);
    if (twin !== undefined) {
      throw new CnnvizError('BAD_ARGUMENT', `${path}: shard ${index}/${count} is a duplicate, it is also in ${twin}`);
    }
    this.#merged.set(index, path);
    this.#first ??= next;
    return this.#first.shard;
  }

  /** @param repeat the command that makes a shard, without its --shard @throws CnnvizError BAD_ARGUMENT while shards are missing */
  requireAll(repeat: (first: S) => string): S {
    if (this.#first === undefined) throw new CnnvizError('BAD_ARGUMENT', 'shards: expected at least one file');
    const { shard } = this.#first;
    const { count } = shard.shard;
    const missing: number[] = [];
    for (let index = 1; index <= count && missing.length <= MISSING_NAMED; index++) {
      if (!this.#merged.has(index)) missing.push(index);
    }
    if (missing.length > 0) {
      const list = `${missing.slice(0, MISSING_NAMED).join(', ')}${missing.length > MISSING_NAMED ? ', ...' : ''}`;
      const message = `shards: ${count - this.#merged.size} of ${count} are missing: ${list}`;
      throw new CnnvizError('BAD_ARGUMENT', message, {
        hint: `Create them with "${repeat(shard)} --shard ${missing[0]}/${count}".`,
      });
    }
    return shard;
  }
}

/** How many missing shards are named. */
const MISSING_NAMED = 10;

function checkSame<S>(mustAgree: MustAgree<S>, first: NamedShard<S>, next: NamedShard<S>): void {
  for (const [what, read] of mustAgree) {
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
