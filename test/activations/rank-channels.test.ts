import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RankingMeasure, rankChannels, rankingValues } from '../../src/activations/rank-channels.js';
import { measurePlanes } from '../../src/base/plane.js';

const measure = (...values: number[]) =>
  measurePlanes([{ width: values.length, height: 1, values: Float32Array.from(values) }]);
const sound = (count: number) => Array.from({ length: count }, () => ({ nonFiniteCount: 0 }));

test('channels can be ranked by mean, largest value and variance', () => {
  const channels = [measure(1, 3), measure(-6, 6), measure(2, 2)];
  expect(rankingValues('mean', channels)).toEqual([2, 0, 2]);
  expect(rankingValues('max', channels)).toEqual([3, 6, 2]);
  expect(rankingValues('variance', channels)).toEqual([1, 36, 0]);
});

test('the largest value comes first, with its sign; of equal ones the lower number', () => {
  expect(rankChannels([2, -7, 2, 5, 0], sound(5), { by: 'mean', count: 4 })).toEqual([
    { channel: 3, value: 5 },
    { channel: 0, value: 2 },
    { channel: 2, value: 2 },
    { channel: 4, value: 0 },
  ]);
});

test('contributions for and against a class rank by their size; by support only those for it have a rank', () => {
  const values = [2, -7, 0, 5, -2];
  const rank = (by: RankingMeasure, count = 9) =>
    rankChannels(values, sound(5), { by, count }).map(({ channel, value }) => [channel, value]);
  expect(rank('contribution')).toEqual([
    [1, -7],
    [3, 5],
    [0, 2],
    [4, -2],
    [2, 0],
  ]);
  expect(rank('support')).toEqual([
    [3, 5],
    [0, 2],
  ]);
  expect(rank('contribution', 2)).toEqual([
    [1, -7],
    [3, 5],
  ]);
});

test('channels with NaN or infinity in them have no rank', () => {
  const channels = [measure(1, Number.NaN), measure(1, 2), measure(0, 1)];
  expect(rankChannels([9, 1, Number.NaN], channels, { by: 'max', count: 3 })).toEqual([{ channel: 1, value: 1 }]);
});

test('what is left out is never larger than what is shown', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (values, count) => {
      const ranked = rankChannels(values, sound(values.length), { by: 'mean', count });
      const rest = values.filter((_, channel) => !ranked.some((shown) => shown.channel === channel));
      expect(ranked.length).toBe(Math.min(count, values.length));
      expect(ranked.every(({ channel, value }) => values[channel] === value)).toBe(true);
      if (ranked.length > 0) expect(Math.max(...rest)).toBeLessThanOrEqual(ranked.at(-1)?.value as number);
    }),
  );
});
