import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plane } from '../../src/base/plane.js';
import { placeCells } from '../../src/rendering/place-cells.js';

const planeOf = (rows: number[][]) => ({
  width: rows[0]?.length as number,
  height: rows.length,
  values: Float32Array.from(rows.flat()),
});

const even = (count: number) => Array.from({ length: count }, (_, cell) => (cell + 0.5) / count);

/** Smoothly over the whole picture. */
const enlargePlane = (plane: Plane, width: number, height: number) =>
  placeCells(plane, { rows: even(plane.height), columns: even(plane.width) }, { width, height, smooth: true });

const enlarge = (rows: number[][], width: number, height: number) => [
  ...enlargePlane(planeOf(rows), width, height).values,
];

test('cells fill what is nearer to their middles than to others, and what lies beyond them is bare', () => {
  const draw = (columns: number[], values: number[], smooth = false) =>
    Array.from(
      placeCells(planeOf([values]), { rows: [0.5], columns }, { width: 10, height: 1, smooth }).values,
      (value) => Math.round(value * 1e4) / 1e4,
    );
  expect(draw([0.3, 0.5], [1, 2])).toEqual([0, 0, 1, 1, 2, 2, 0, 0, 0, 0]);
  expect(draw([0.3, 0.5, 0.92], [1, 2, 3])).toEqual([0, 0, 1, 1, 2, 2, 2, 3, 3, 3]);
  expect(draw([0.35, 0.65], [3, 9], true)).toEqual([0, 0, 3, 3, 5, 7, 9, 9, 0, 0]);
  expect(draw([0.4], [7])).toEqual(new Array(10).fill(7));
});

test('a NaN stays in its cell where nothing is interpolated', () => {
  const cells = { rows: even(2), columns: even(2) };
  const map = planeOf([
    [1, Number.NaN],
    [3, 4],
  ]);
  expect([...placeCells(map, cells, { width: 2, height: 4, smooth: false }).values]).toEqual([
    ...[1, Number.NaN, 1, Number.NaN],
    ...[3, 4, 3, 4],
  ]);
});

test('between two centers values change in even steps, beyond them not at all', () => {
  expect(enlarge([[0, 8]], 4, 1)).toEqual([0, 2, 6, 8]);
  expect(enlarge([[0], [8]], 1, 4)).toEqual([0, 2, 6, 8]);
});

test('centers lie at even distances of their own, whatever the ratio of the sizes', () => {
  expect(enlarge([[0, 6, 12]], 5, 1)).toEqual([0, 2.4, 6, 9.6, 12].map(Math.fround));
  expect(enlarge([[0], [6], [12]], 1, 5)).toEqual([0, 2.4, 6, 9.6, 12].map(Math.fround));
});

test('the plane has the size that is asked for, row after row', () => {
  const plane = { width: 2, height: 3, values: Float32Array.of(0, 1, 10, 11, 20, 21) };
  expect(enlargePlane(plane, 2, 6)).toEqual({
    width: 2,
    height: 6,
    values: Float32Array.of(0, 1, 2.5, 3.5, 7.5, 8.5, 12.5, 13.5, 17.5, 18.5, 20, 21),
  });
  expect(enlargePlane(plane, 3, 3)).toEqual({
    width: 3,
    height: 3,
    values: Float32Array.of(0, 0.5, 1, 10, 10.5, 11, 20, 20.5, 21),
  });
});

test('NaN spreads to its neighbors and no further', () => {
  const [few, many] = [[0, Number.NaN, 8, 8], new Array(5).fill(Number.NaN)];
  expect(enlarge([few], 8, 1)).toEqual([...many, 8, 8, 8]);
  expect(
    enlarge(
      few.map((value) => [value]),
      1,
      8,
    ),
  ).toEqual([...many, 8, 8, 8]);
});

test('both directions together: the middle of four is their mean', () => {
  expect(
    enlarge(
      [
        [0, 4],
        [8, 12],
      ],
      3,
      3,
    ),
  ).toEqual([0, 2, 4, 4, 6, 8, 8, 10, 12]);
});

test('the same size gives the same values, whatever they are', () => {
  const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
    minLength: 6,
    maxLength: 6,
  });
  fc.assert(
    fc.property(values, (six) => {
      const unsigned = (value: number) => Math.fround(value) + 0; // 0 for -0, which may come out as either
      expect(enlarge([six.slice(0, 3), six.slice(3)], 3, 2).map(unsigned)).toEqual(six.map(unsigned));
    }),
  );
});

test('nothing becomes larger than the largest or smaller than the smallest', () => {
  const row = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(row, fc.integer({ min: 5, max: 40 }), (values, width) => {
      const larger = enlarge([values], width, 3);
      return Math.max(...larger) <= Math.max(...values) && Math.min(...larger) >= Math.min(...values);
    }),
  );
});
