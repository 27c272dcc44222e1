import { expect, test } from 'vitest';
import { meanInterval } from '../../src/evaluation/mean-interval.js';

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
