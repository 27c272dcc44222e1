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

test('cells that see differently much see what is computed for each, and one in the padding nothing', () => {
  // A transposed convolution of 3 in steps of 2, of pixels: every second cell lies in two windows.
  const transposed = side(
    [0, 1, 0],
    [0, 1, 0.5],
    [0, 2, 1],
    [1, 2, 1.5],
    [1, 3, 2],
    [18, 20, 19],
    [19, 20, 20],
    [0, 0, 22],
  );
  expect([0, 1, 2, 3, 4, 5, 6].map((cell) => at(transposed, cell))).toEqual([
    [-1, 1],
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 3],
    [18, 20],
    [19, 21],
  ]);
  const blind = seenFully({ rows: transposed, columns: transposed }, { row: 7, column: 3 }, input);
  expect(clip(blind, input)).toEqual({ left: 1, top: 0, width: 1, height: 0 });
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
