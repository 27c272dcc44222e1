// Finds hashes that differ in few bits, among a million too.

import { setImmediate } from 'node:timers/promises';
import { createRandom, permutation } from '../../base/random.js';
import { type FingerprintTable, HASH_WORDS } from './fingerprint-table.js';
import { hashDistanceAt } from './perceptual-hash.js';

/** Up to so many pictures each is compared with each other: half a second. */
const ALL_PAIRS_UP_TO = 16_384;

/** How many rows of comparisons go by before other work, such as a signal, gets its turn. */
const ROWS_PER_TURN = 64;

/** How often many pictures are sorted by some bits of their hashes, and with how many neighbors each is compared then. */
const TABLES = 256;
const NEIGHBORS = 32;

/** Takes two pictures whose hashes differ in `distance` bits at most `maxDistance`. */
export interface Joiner {
  /** they are known to belong together: there is nothing to compare */
  areJoined(a: number, b: number): boolean;
  join(a: number, b: number, distance: number): void;
}

export interface SearchLimits {
  /** bits */
  maxDistance: number;
  allPairsUpTo?: number;
  signal?: AbortSignal | undefined;
}

/**
 * Finds pictures whose hashes differ in few bits. Up to 16,384 pictures that is exact. More are sorted 256 times into
 * buckets, each time by another random choice of the hash's bits (P. Indyk and R. Motwani, Approximate Nearest Neighbors:
 * Towards Removing the Curse of Dimensionality, 1998, 4.2: bit sampling), and compared with 32 others of their bucket at most:
 * so time grows with n log n. Of a million pictures two that differ in 32 bits are missed with a probability below 1e-9, in
 * 48 bits of half a percent; the buckets of pictures that nearly all look the same are looked through in part only.
 *
 * @param members indexes into the table, all with a hash
 * @throws the signal's reason
 */
export async function joinSimilar(
  table: FingerprintTable,
  members: readonly number[],
  joiner: Joiner,
  { maxDistance, allPairsUpTo = ALL_PAIRS_UP_TO, signal }: SearchLimits,
): Promise<void> {
  const compare = (a: number, b: number) => {
    if (joiner.areJoined(a, b)) return;
    const distance = hashDistanceAt(table.hashes, a * HASH_WORDS, b * HASH_WORDS, maxDistance);
    if (distance <= maxDistance) joiner.join(a, b, distance);
  };
  if (members.length <= allPairsUpTo) return compareAll(members, compare, signal);
  for (let round = 0; round < TABLES; round++) {
    await giveWay(signal);
    compareInBuckets(sortByBits(table, members, round), compare);
  }
}

async function compareAll(
  members: readonly number[],
  compare: (a: number, b: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let row = 0; row < members.length; row++) {
    if (row % ROWS_PER_TURN === 0) await giveWay(signal);
    for (let other = row + 1; other < members.length; other++) {
      compare(members[row] as number, members[other] as number);
    }
  }
}

async function giveWay(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

interface Buckets {
  /** members, bucket after bucket */
  sorted: Int32Array;
  /** where each bucket ends */
  ends: Int32Array;
}

/** Sorts by counting: as many buckets as a quarter of the members, so that each holds a few that differ. */
function sortByBits({ hashes }: FingerprintTable, members: readonly number[], round: number): Buckets {
  const bitCount = Math.max(1, Math.ceil(Math.log2(members.length)) - 2);
  const bits = permutation(HASH_WORDS * 32, createRandom(0, 'search', round)).subarray(0, bitCount);
  const keys = new Uint32Array(members.length);
  const ends = new Int32Array(2 ** bitCount);
  for (let place = 0; place < members.length; place++) {
    const first = (members[place] as number) * HASH_WORDS;
    let key = 0;
    for (let at = 0; at < bitCount; at++) {
      const bit = bits[at] as number;
      key = (key << 1) | (((hashes[first + (bit >>> 5)] as number) >>> (bit & 31)) & 1);
    }
    keys[place] = key;
    ends[key] = (ends[key] as number) + 1;
  }
  for (let key = 1; key < ends.length; key++) ends[key] = (ends[key] as number) + (ends[key - 1] as number);
  const next = ends.slice();
  const sorted = new Int32Array(members.length);
  for (let place = members.length - 1; place >= 0; place--) {
    const key = keys[place] as number;
    next[key] = (next[key] as number) - 1;
    sorted[next[key] as number] = members[place] as number;
  }
  return { sorted, ends };
}

function compareInBuckets({ sorted, ends }: Buckets, compare: (a: number, b: number) => void): void {
  for (let key = 0, start = 0; key < ends.length; key++) {
    const end = ends[key] as number;
    for (let place = start; place < end; place++) {
      const last = Math.min(end, place + 1 + NEIGHBORS);
      for (let other = place + 1; other < last; other++) compare(sorted[place] as number, sorted[other] as number);
    }
    start = end;
  }
}
