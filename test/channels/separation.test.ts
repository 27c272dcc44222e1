import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countValue, createHistogram, listBins, mergeHistograms } from '../../src/channels/histogram.js';
import { measureEffect, measureSeparation } from '../../src/channels/separation.js';

function separate(members: number[], others: number[]) {
  const [own, all] = [createHistogram(), createHistogram()];
  for (const value of members) countValue(own, value);
  for (const value of others) countValue(all, value);
  mergeHistograms(all, own);
  return measureSeparation(own, all);
}

const momentsOf = (values: number[]) => ({
  count: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squareSum: values.reduce((sum, value) => sum + value * value, 0),
});

/** By its definition: the part of the pairs in the right order. */
function countPairs(members: number[], others: number[]): number {
  const wins = members.flatMap((a) => others.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
  return wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

interface Example {
  name: string;
  members: number[];
  others: number[];
  auc: number;
  effectSize: number;
}

const { examples } = JSON.parse(readFileSync(new URL('../fixtures/channels.json', import.meta.url), 'utf8')) as {
  examples: Example[];
};

describe.each(examples)('numbers that are $name', ({ members, others, auc, effectSize }) => {
  test('have the AUC of scikit-learn, within the reported error, which is small', () => {
    const found = separate(members, others);
    expect(Math.abs((found?.auc ?? Number.NaN) - auc)).toBeLessThanOrEqual((found?.error ?? 0) + 1e-12);
    expect(found?.error).toBeLessThan(0.05);
    expect(found?.auc).toBeCloseTo(auc, 2);
  });

  test('have the effect size of NumPy', () => {
    expect(measureEffect(momentsOf(members), momentsOf(others))).toBeCloseTo(effectSize, 9);
  });
});

// What is nearer to 0 than 2^-133 counts as 0.
const number = fc.oneof(
  fc.constantFrom(0, -0, 1, -1),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => (Math.abs(value) < 2 ** -133 ? 0 : value)),
);
const numbers = fc.array(number, { minLength: 1, maxLength: 20 });

test('the AUC is never further from the truth than it says', () => {
  fc.assert(
    fc.property(numbers, numbers, (members, others) => {
      const found = separate(members, others);
      return Math.abs((found?.auc ?? Number.NaN) - countPairs(members, others)) <= (found?.error ?? 0) + 1e-12;
    }),
  );
});

test('numbers of which none is within 1 % of another have the exact AUC', () => {
  expect(separate([1, 1.02, -5], [1.01, -5.1, 0])).toEqual({ auc: 6 / 9, error: 0 });
});

test('bins come from low to high, negative ones too, and zero has its own', () => {
  const histogram = createHistogram();
  for (const value of [3, -2, 0, 1e-30, -1e30, 3.001, -0]) countValue(histogram, value);
  const bins = listBins(histogram);
  expect(bins.map(({ count }) => count)).toEqual([1, 1, 2, 1, 2]);
  expect(bins.map(({ place }) => place)).toEqual(bins.map(({ place }) => place).toSorted((a, b) => a - b));
});

test('one class alone is separated from nothing; two groups of one number each have no effect size', () => {
  expect(separate([1, 2], [])).toBeNull();
  expect(measureEffect(momentsOf([1, 2]), momentsOf([]))).toBeNull();
  expect(measureEffect(momentsOf([1]), momentsOf([2]))).toBeNull();
  expect(measureEffect(momentsOf([0.1, 0.1, 0.1]), momentsOf([0.3, 0.3]))).toBeNull();
});
