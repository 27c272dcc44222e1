import { expect, test } from 'vitest';
import { addToSum, createSums, mergeSums, readSum } from '../../src/channels/exact-sums.js';

function sumOf(values: number[]) {
  const sums = createSums(1);
  for (const value of values) addToSum(sums, 0, value);
  return sums;
}

test('what a plain sum loses is kept', () => {
  expect(readSum(sumOf([1e16, 1, 1, -1e16]), 0)).toBe(2);
  expect(readSum(sumOf([1, 1e100, 1, -1e100]), 0)).toBe(2);
  expect(readSum(sumOf(new Array<number>(10).fill(0.1)), 0)).toBe(1);
});

test('merged sums keep it too', () => {
  const [a, b] = [sumOf([1e16, 1]), sumOf([1, -1e16])];
  mergeSums(a, b);
  expect(readSum(a, 0)).toBe(2);
});
