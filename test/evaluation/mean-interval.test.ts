import { expect, test } from 'vitest';
import { meanAboveZero, meanInterval } from '../../src/evaluation/mean-interval.js';

test.each([
  // scipy.stats.t.interval(.95, n - 1, mean, sem)
  [[1, 2, 3, 4, 5], 3, 1.0367568385224428, 4.963243161477557, 2],
  [[0.1, -0.2, 0.4, 0.3, 0, 0.25, 0.15, -0.05], 0.11875, -0.046860387853119356, 0.28436038785311935, 4],
  // t(1) = 12.7062, t(2) = 4.30265
  [[0, 1], 0.5, 0.5 - 6.35310237, 0.5 + 6.35310237, 6],
  [[0, 1, 2], 1, 1 - 4.30265273 / Math.sqrt(3), 1 + 4.30265273 / Math.sqrt(3), 6],
  [[2, 2, 2], 2, 2, 2, 10],
])('the mean of %j with its interval', (values, mean, low, high, digits) => {
  const found = meanInterval(values);
  expect(found.mean).toBeCloseTo(mean, 12);
  expect(found.low).toBeCloseTo(low, digits);
  expect(found.high).toBeCloseTo(high, digits);
});

test('a single value says nothing of the others', () => {
  expect(meanInterval([3])).toEqual({ mean: 3, low: -Infinity, high: Infinity });
});

// SciPy: 2 * stats.t.sf(t, n - 1), of a mean of t / sqrt(n) and a deviation of 1
test.each([
  [2, 2, 0.2951672353],
  [3, 3, 0.0954659663],
  [4, 1.5, 0.2305838652],
  [6, 4.2, 0.008489559],
  [7, 2.5, 0.0465282323],
  [30, 3.1, 0.0042781824],
  [100, 4.8, 5.6267569e-6],
])('a mean of %i values, t %f, is above 0 by chance with a probability of %f', (count, t, expected) => {
  const spread = Array.from({ length: count }, (_, at) => at - (count - 1) / 2);
  const deviation = Math.sqrt(spread.reduce((sum, value) => sum + value ** 2, 0) / (count - 1));
  const values = spread.map((value) => value / deviation + t / Math.sqrt(count));
  expect(meanAboveZero(values) / expected).toBeCloseTo(1, 6);
  expect(meanAboveZero(values.map((value) => -value))).toBe(1);
});

test('a single value is above 0 by chance, and equal values above 0 are not', () => {
  expect([meanAboveZero([3]), meanAboveZero([0, 0]), meanAboveZero([2, 2, 2])]).toEqual([1, 1, 0]);
});
