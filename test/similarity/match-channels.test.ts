import { describe, expect, test } from 'vitest';
import { compareMaps, cosineOf } from '../../src/similarity/compare-maps.js';
import { findBestPartners, pairChannels } from '../../src/similarity/match-channels.js';

const rows = (...values: number[][]) => values.map((row) => Float64Array.from(row));

describe('matching channels', () => {
  test('gives each its best partner, which others may have too', () => {
    const partners = findBestPartners(rows([0.9, 0.2], [0.8, 0.7], [-0.5, -0.9]));
    expect(partners.map(({ partner, correlation }) => [partner, correlation])).toEqual([
      [0, 0.9],
      [0, 0.8],
      [0, -0.5],
    ]);
  });

  test('pairs one to one for the largest sum, not one after the other', async () => {
    // Taking the best first: .9 + .1 = 1; the other way: .8 + .7 = 1.5
    const pairs = await pairChannels(rows([0.9, 0.8], [0.7, 0.1]));
    expect(pairs.map(({ partner }) => partner)).toEqual([1, 0]);
  });

  test('leaves some without a partner where there are too few, and a channel that is the same everywhere', async () => {
    const wide = await pairChannels(rows([0.1], [0.9], [0.2]));
    expect(wide.map(({ partner }) => partner)).toEqual([null, 0, null]);
    const constant = rows([Number.NaN, Number.NaN], [0.3, 0.2]);
    expect((await pairChannels(constant)).map(({ partner }) => partner)).toEqual([null, 0]);
    expect(findBestPartners(constant)[0]).toEqual({ channel: 0, partner: null, correlation: 0 });
  });
});

describe('channels that are the same everywhere', () => {
  test('are no better partner than one that correlates negatively', async () => {
    const { NaN: dead } = Number;
    const pairs = await pairChannels(rows([dead, dead, dead], [-0.5, dead, -0.2], [-0.1, dead, -0.9]));
    // -.2 - .1 = -.3; the other way -.5 - .9 = -1.4
    expect(pairs.map(({ partner, correlation }) => [partner, correlation])).toEqual([
      [null, 0],
      [2, -0.2],
      [0, -0.1],
    ]);
  });

  test('have none where all are', async () => {
    expect((await pairChannels(rows([Number.NaN]))).map(({ partner }) => partner)).toEqual([null]);
  });
});

describe('two maps in numbers', () => {
  const plane = (...values: number[]) => ({ width: values.length, height: 1, values: Float32Array.from(values) });

  test('are compared by their means, differences and correlation', () => {
    // differences 1, 2, 3: mean square 14 / 3
    expect(compareMaps(plane(1, 2, 3), plane(2, 4, 6))).toEqual({
      ...{ meanA: 2, meanB: 4, difference: Math.sqrt(14 / 3) },
      correlation: expect.closeTo(1, 12),
    });
    expect(compareMaps(plane(1, 2), plane(2, 1)).correlation).toBeCloseTo(-1, 12);
    expect(compareMaps(plane(1, 2), plane(5, 5)).correlation).toBeNull();
  });

  test('are compared where both are finite', () => {
    const [a, b] = [plane(1, Number.NaN, 2, 3, 7), plane(2, 4, 4, 6, Number.POSITIVE_INFINITY)];
    expect(compareMaps(a, b)).toEqual(compareMaps(plane(1, 2, 3), plane(2, 4, 6)));
    expect(cosineOf(a.values, b.values)).toBeCloseTo(1, 12);
    expect(compareMaps(plane(Number.NaN, 1), plane(1, Number.NaN))).toEqual({
      ...{ meanA: null, meanB: null, difference: null, correlation: null },
    });
  });

  test('have the cosine of their values', () => {
    expect(cosineOf(Float32Array.of(3, 4), Float32Array.of(4, 3))).toBeCloseTo(0.96, 6);
    expect(cosineOf(Float32Array.of(0, 0), Float32Array.of(4, 3))).toBeNull();
  });
});
