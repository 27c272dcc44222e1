import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, deriveSeed, permutation } from '../../src/base/random.js';

const take = (count: number, random: () => number) => Array.from({ length: count }, random);

test('a stream is a function of its arguments', () => {
  expect(take(5, createRandom(7, 'shuffle', 3))).toEqual(take(5, createRandom(7, 'shuffle', 3)));
});

test('streams of other seeds, purposes and positions differ', () => {
  const streams = [
    createRandom(7, 'shuffle', 3),
    createRandom(8, 'shuffle', 3),
    createRandom(7, 'augment', 3),
    createRandom(7, 'shuffle', 4),
    createRandom(7, 'shuffle', 3, 0),
  ];
  expect(new Set(streams.map((random) => random())).size).toBe(streams.length);
});

test('numbers lie in [0, 1) and are spread evenly', () => {
  const values = take(100_000, createRandom(1, 'init'));
  const counts = new Array(10).fill(0);
  expect(values.filter((value) => !(value >= 0 && value < 1))).toEqual([]);
  for (const value of values) counts[Math.floor(value * 10)]++;
  // Standard deviation of a count is sqrt(100000 * .1 * .9) = 95; five of them never happen by chance.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(475);
});

test('a permutation holds every index once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.nat(), (count, seed) => {
      const order = permutation(count, createRandom(seed, 'shuffle'));
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
    }),
  );
});

test('a derived seed is a uint32', () => {
  const seed = deriveSeed(1, 'init', 2);
  expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
});
