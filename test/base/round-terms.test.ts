import { expect, test } from 'vitest';
import { placesFor, roundTerms } from '../../src/base/round-terms.js';

test('the largest remainders are rounded up, so that what is printed adds up', () => {
  const { terms, sum, format } = roundTerms([1 / 3, 1 / 3, 1 / 3], 1);
  expect([terms, sum]).toEqual([[4, 3, 3], 10]);
  expect([...terms, sum].map(format)).toEqual(['0.4', '0.3', '0.3', '1.0']);
});

test('numbers below 0 are rounded by the same rule, and no term is off by a whole unit', () => {
  const values = [-1.26, 0.749, -0.333, 2.5004, -1e-9, 7];
  const { terms, sum } = roundTerms(values, 2);
  expect(terms.reduce((total, term) => total + term, 0)).toBe(sum);
  expect(sum).toBe(866);
  terms.forEach((term, index) => {
    expect(Math.abs(term - (values[index] as number) * 100)).toBeLessThan(1);
  });
});

test('a sum just below 0 is 0, not -0', () => {
  expect(roundTerms([-1e-9, 0], 2).sum).toBe(0);
});

test('a sum that was rounded before is reached, up or down', () => {
  expect(roundTerms([0.24, 0.2], 1, 4).terms).toEqual([2, 2]);
  expect(roundTerms([0.24, 0.2], 1, 5).terms).toEqual([3, 2]);
});

test.each([
  [[0.482, -0.03], 4],
  [[12.3], 2],
  [[99_999], 0],
  [[0], 3],
  [[], 3],
])('%j is shown with %i decimal places', (values, places) => expect(placesFor(values)).toBe(places));
