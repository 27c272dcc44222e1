import { expect, test } from 'vitest';
import { createRandom, permutation, type Random } from '../../../src/base/random.js';
import { FingerprintTable, HASH_WORDS } from '../../../src/dataset/examine/fingerprint-table.js';
import { joinSimilar } from '../../../src/dataset/examine/similar-hashes.js';

const maxDistance = 48;

function randomHash(random: Random): Uint32Array {
  return Uint32Array.from({ length: HASH_WORDS }, () => random() * 2 ** 32);
}

function flipBits(hash: Uint32Array, count: number, random: Random): Uint32Array {
  const flipped = hash.slice();
  for (const bit of permutation(256, random).subarray(0, count)) {
    flipped[bit >>> 5] = (flipped[bit >>> 5] as number) ^ (1 << (bit & 31));
  }
  return flipped;
}

/** Many pictures that have nothing to do with each other, and after each of the first ones a near-duplicate of it. */
function plantPairs(count: number, distances: readonly number[]) {
  const random = createRandom(1, 'search');
  const table = new FingerprintTable(count);
  for (let index = 0; index < count; index += 2) {
    const hash = randomHash(random);
    const distance = distances[index / 2];
    const other = distance === undefined ? randomHash(random) : flipBits(hash, distance, random);
    [hash, other].forEach((perceptual, offset) => {
      table.set(index + offset, { content: Uint32Array.of(index + offset, 0, 0, 0), perceptual });
    });
  }
  return table;
}

/** Pairs as numbers: the smaller index times the count, plus the larger. */
async function findPairs(table: FingerprintTable, allPairsUpTo: number): Promise<number[]> {
  const pairs = new Set<number>();
  const members = Array.from({ length: table.count }, (_, index) => index);
  const joiner = {
    areJoined: () => false,
    join: (a: number, b: number) => pairs.add(Math.min(a, b) * table.count + Math.max(a, b)),
  };
  await joinSimilar(table, members, joiner, { maxDistance, allPairsUpTo });
  return [...pairs].sort((a, b) => a - b);
}

test('the search in buckets finds what the comparison of all pairs finds', async () => {
  const distances = Array.from({ length: 500 }, (_, index) => (index % 44) + 1);
  const table = plantPairs(4000, distances);
  const all = await findPairs(table, Number.POSITIVE_INFINITY);
  expect(all).toHaveLength(500);
  expect(await findPairs(table, 0)).toEqual(all);
});

test('at the limit itself the search in buckets misses two in a hundred at most', async () => {
  const table = plantPairs(4000, new Array(500).fill(48));
  expect((await findPairs(table, 0)).length).toBeGreaterThanOrEqual(490);
});

test('pictures that all look the same do not make the search slow: 32 neighbors are looked at', async () => {
  const table = new FingerprintTable(500);
  let comparisons = 0;
  for (let index = 0; index < 500; index++) {
    table.set(index, { content: Uint32Array.of(index, 0, 0, 0), perceptual: new Uint32Array(HASH_WORDS) });
  }
  const joiner = { areJoined: () => false, join: () => void comparisons++ };
  const members = Array.from({ length: 500 }, (_, index) => index);
  await joinSimilar(table, members, joiner, { maxDistance, allPairsUpTo: 0 });
  expect(comparisons).toBeLessThanOrEqual(500 * 32 * 256);
});
