import { expect, test } from 'vitest';
import { median, medianRatio } from '../../bench/statistics.js';

test('the median is the middle value whatever the order, and the mean of the middle two of an even count', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 100])).toBe(3.5);
  expect(() => median([])).toThrow(RangeError);
});

test('a ratio compares within rounds, so that a machine that slows down for a round does not move it', () => {
  // The second round ran at a third of the speed; the ratio of the medians would be 2 / 6 or 6 / 4.
  expect(medianRatio([2, 6, 2], [4, 12, 4])).toBe(0.5);
  expect(() => medianRatio([1], [1, 2])).toThrow(RangeError);
});
