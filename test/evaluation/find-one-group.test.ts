import { expect, test } from 'vitest';
import { createRandom } from '../../src/base/random.js';
import { findOneGroup } from '../../src/evaluation/find-one-group.js';

/** Rows around a center, uniformly to either side. */
function drawRows(count: number, center: readonly number[], width: number, seed: number): Float64Array[] {
  const random = createRandom(seed, 'sample');
  return Array.from({ length: count }, () => Float64Array.from(center, (middle) => middle + width * (random() - 0.5)));
}

const places = (count: number, width: number, seed: number) => drawRows(count, [1, 2, 3], width, seed);
const shades = (count: number, width: number, seed: number) => drawRows(count, [90], 100 * width, seed);

test('rows much closer together than others are one group, the most typical first', () => {
  const own = [places(50, 0.5, 1), shades(50, 0.5, 2)];
  own[0]?.splice(17, 1, Float64Array.of(1, 2, 3));
  own[1]?.splice(17, 1, Float64Array.of(90));
  const found = findOneGroup(own, [places(60, 1, 3), shades(60, 1, 4)]);
  expect(found?.members).toHaveLength(50);
  expect(found?.members[0]).toBe(17);
  expect(found?.spread).toBeGreaterThan(0.15);
  expect(found?.spread).toBeLessThan(0.35); // (1 / 2) ** 2
});

test('rows that are all the same are one group', () => {
  const same = Array.from({ length: 50 }, () => Float64Array.of(1, 2, 3));
  expect(findOneGroup([same], [places(60, 1, 1)])).toMatchObject({ spread: 0 });
});

test.each([1, 2, 3, 4, 5])('rows that vary as much as others are none: draw %i', (seed) => {
  const others = [places(30, 1, seed + 20), shades(30, 1, seed + 30)];
  expect(findOneGroup([places(30, 1, seed), shades(30, 1, seed + 10)], others)).toBeUndefined();
});

test('one kind of numbers that is alike is not enough, however large its numbers are', () => {
  const others = [places(60, 1, 1), places(60, 1, 2), shades(60, 1, 3)];
  expect(findOneGroup([places(50, 1, 4), places(50, 1, 5), shades(50, 0.01, 6)], others)).toBeUndefined();
});

test('nothing is said with few others, or where these do not vary', () => {
  const own = [places(50, 0.1, 1)];
  expect(findOneGroup(own, [places(30, 1, 2)])).toBeDefined();
  expect(findOneGroup(own, [places(29, 1, 2)])).toBeUndefined();
  expect(findOneGroup(own, [places(30, 0, 2)])).toBeUndefined();
});
