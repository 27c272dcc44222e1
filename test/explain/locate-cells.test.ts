import { expect, test } from 'vitest';
import { describeCells } from '../../src/explain/locate-cells.js';

const side = (...ends: [from: number, to: number][]) =>
  ends.map(([from, to]) => ({ from, to, middle: (from + to) / 2 }));

test('cells are in the middle of what they see, unless each sees the whole image', () => {
  const part = { rows: side([0, 6], [4, 8]), columns: side([0, 6], [4, 8]) };
  const whole = { rows: side([0, 8], [0, 8]), columns: side([0, 8], [0, 8]) };
  const describe = (field: typeof part) => describeCells({ name: 'conv', shape: [2, 2, 4], field }, [8, 8, 3]);
  expect(describe(part)).toBe('2 × 2 cells, each in the middle of what it sees: 6 × 6 of 8 × 8 pixels');
  expect(describe(whole)).toBe('2 × 2 cells, each of which can see the whole image: 8 × 8 pixels');
  // The middle one may see all, and those at the edge less.
  expect(describe({ rows: side([0, 8], [2, 8]), columns: whole.columns })).toContain('in the middle of what it sees');
});
