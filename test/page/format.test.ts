import { expect, it } from 'vitest';
import { formatShape } from '../../src/page/format.js';

it('a shape is said with the groups of thousands that numbers have', () => {
  expect(formatShape([148, 148, 32])).toBe('148 × 148 × 32');
  expect(formatShape([6272])).toBe('6,272');
});
