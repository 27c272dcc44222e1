import { expect, test } from 'vitest';
import type { CellField } from '../../src/engines/contract/receptive-field.js';
import { clip, seenFully } from '../../src/patches/build-report.js';

const input = { height: 20, width: 20 };
const side = (...cells: [from: number, to: number, middle: number][]): CellField[] =>
  cells.map(([from, to, middle]) => ({ from, to, middle }));
const at = (field: CellField[], cell: number) => {
  const { left, width } = seenFully({ rows: field, columns: field }, { row: cell, column: cell }, input);
  return [left, left + width];
};

test('a cell without padding sees what is computed', () => {
  const valid = side([0, 6, 3], [4, 10, 7], [8, 14, 11]);
  expect([0, 1, 2].map((cell) => at(valid, cell))).toEqual([
    [0, 6],
    [4, 10],
    [8, 14],
  ]);
});

test('a cell at the border of a padded layer sees as much as the others, part of it beyond the border', () => {
  const same = side([0, 2, 0.5], [0, 3, 1.5], [1, 4, 2.5], [17, 20, 18.5], [18, 20, 19.5]);
  expect([0, 1, 2, 3, 4].map((cell) => at(same, cell))).toEqual([
    [-1, 2],
    [0, 3],
    [1, 4],
    [17, 20],
    [18, 21],
  ]);
});

test('where every cell sees everything, nothing lies beyond the border', () => {
  const wide = side([0, 20, 4], [0, 20, 14]);
  expect([0, 1].map((cell) => at(wide, cell))).toEqual([
    [0, 20],
    [0, 20],
  ]);
  expect(seenFully(null, { row: 1, column: 1 }, input)).toEqual({ left: 0, top: 0, width: 20, height: 20 });
  expect(seenFully({ rows: wide, columns: wide }, null, input)).toEqual({ left: 0, top: 0, width: 20, height: 20 });
});

test('clipped is what lies in the picture', () => {
  expect(clip({ left: -3, top: 2.5, width: 10, height: 30 }, input)).toEqual({
    left: 0,
    top: 2.5,
    width: 7,
    height: 17.5,
  });
});
