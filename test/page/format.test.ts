import { expect, it } from 'vitest';
import { formatShape, formatShare } from '../../src/page/format.js';

it('a shape is said with the groups of thousands that numbers have', () => {
  expect(formatShape([148, 148, 32])).toBe('148 × 148 × 32');
  expect(formatShape([6272])).toBe('6,272');
});

it('probabilities differ where none reaches 1 %', () => {
  expect([0.00127, 0.00126].map((share) => formatShare(share, 0.00127))).toEqual(['0.127 %', '0.126 %']);
  expect([0.75, 0.0004].map((share) => formatShare(share, 0.75))).toEqual(['75.0 %', 'under 0.1 %']);
});
