import { expect, test } from 'vitest';
import { createRandom } from '../../src/base/random.js';
import { findGroups } from '../../src/evaluation/find-groups.js';
import { joinFeatures } from '../../src/evaluation/join-features.js';
import { adjustedRandIndex } from '../../src/evaluation/rand-index.js';

/** Normal numbers around centers, one row each, in turn. */
function drawRows(centers: readonly number[][], counts: readonly number[], spreads: readonly number[], seed = 1) {
  const random = createRandom(seed, 'sample');
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return centers.flatMap((center, index) =>
    Array.from({ length: counts[index] as number }, () =>
      Float64Array.from(center, (middle, at) => middle + (spreads[at] as number) * normal()),
    ),
  );
}

const ones = (length: number) => new Array<number>(length).fill(1);
const at = (places: Record<number, number>, length = 12) => Array.from({ length }, (_, place) => places[place] ?? 0);

test('planted groups are found, the largest first, and their most typical rows', () => {
  const rows = drawRows([at({ 0: 6 }), at({ 1: 6 }), at({ 2: 6 })], [20, 50, 30], ones(12));
  rows[25] = Float64Array.from(at({ 1: 6 }));
  const found = findGroups(rows, 1);
  expect(found?.members.map(({ length }) => length)).toEqual([50, 30, 20]);
  const sorted = found?.members.map((members) => members.toSorted((a, b) => a - b));
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
  expect(sorted).toEqual([range(20, 70), range(70, 100), range(0, 20)]);
  expect(found?.members[0]?.[0]).toBe(25);
  expect(found?.stability).toBeGreaterThan(0.98);
  expect(findGroups(rows, 1)).toEqual(found);
});

test.each([
  ['round', ones(12)],
  ['long, which k-means divides in the same way each time', [8, ...ones(11)]],
  ['flat', [4, 4, 4, ...ones(9)]],
])('a single cloud that is %s has no groups', (_, spreads) => {
  for (const seed of [1, 2, 3]) expect(findGroups(drawRows([at({})], [80], spreads, seed), 1)).toBeUndefined();
});

test('rows that are all the same, and a few odd ones among them, have no groups', () => {
  const same = Array.from({ length: 40 }, () => Float64Array.of(1, 2));
  expect(findGroups(same, 1)).toBeUndefined();
  const odd = drawRows([at({}), at({ 0: 40 })], [76, 4], ones(12));
  expect(findGroups(odd, 1)).toBeUndefined();
});

test('kinds of numbers count alike, however many or large they are', () => {
  const [large, two] = [
    [Float64Array.of(0), Float64Array.of(200)],
    [Float64Array.of(1, 0), Float64Array.of(0, 1)],
  ];
  const constant = [Float64Array.of(5), Float64Array.of(5)];
  const [one, other] = joinFeatures([large, two, constant]) as [Float64Array, Float64Array];
  expect(one).toHaveLength(3);
  expect((other[0] as number) - (one[0] as number)).toBeCloseTo(2, 12);
  expect(Math.hypot((other[1] as number) - (one[1] as number), (other[2] as number) - (one[2] as number))).toBeCloseTo(
    2,
    12,
  );
});

// scikit-learn: adjusted_rand_score
test.each([
  [[0, 0, 1, 1], [1, 1, 0, 0], 1],
  [[0, 0, 1, 2], [0, 0, 1, 1], 0.5714285714],
  [[0, 0, 1, 1], [0, 1, 0, 1], -0.5],
  [[0, 0, 0], [0, 0, 0], 1],
])('%j and %j agree to %f', (one, other, expected) => {
  expect(adjustedRandIndex(one, other)).toBeCloseTo(expected, 9);
});
