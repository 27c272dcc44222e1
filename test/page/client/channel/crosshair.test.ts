import { describe, expect, test } from 'vitest';
import { cellByKey, cellOnMap, cellOnPhotograph, locateCell } from '../../../../src/page/client/channel/crosshair.js';

/** Three columns and two rows of cells, each of which sees 4 x 6 of 10 x 12 pixels. */
const geometry = {
  width: 3,
  height: 2,
  inputWidth: 10,
  inputHeight: 12,
  field: {
    columns: { from: [0, 3, 6], to: [4, 7, 10], middle: [2, 5, 8] },
    rows: { from: [0, 6], to: [6, 12], middle: [3, 9] },
  },
};
const evenly = { ...geometry, field: undefined };

describe('a cell on the photograph', () => {
  test('lies in the middle of what it sees', () => {
    expect(locateCell({ x: 1, y: 1 }, geometry)).toEqual({
      x: 0.5,
      y: 0.75,
      seen: { left: 0.3, top: 0.5, width: 0.4, height: 0.5 },
    });
  });

  test('is spread evenly where what it sees is not known', () => {
    expect(locateCell({ x: 1, y: 0 }, evenly)).toEqual({ x: 0.5, y: 0.25, seen: undefined });
  });

  test('whose middle lies in the padding is marked at the edge', () => {
    const padded = { ...geometry, field: { ...geometry.field, columns: { from: [0], to: [3], middle: [-2] } } };
    expect(locateCell({ x: 0, y: 0 }, padded).x).toBe(0);
  });
});

test.each([
  [
    { x: 0.34, y: 0.2 },
    { x: 0, y: 0 },
  ],
  [
    { x: 0.36, y: 0.51 },
    { x: 1, y: 1 },
  ],
  [
    { x: 1, y: 1 },
    { x: 2, y: 1 },
  ],
  [
    { x: -3, y: 7 },
    { x: 0, y: 1 },
  ],
])('the cell nearest to %j of the photograph is %j', (place, cell) => {
  expect(cellOnPhotograph(place, geometry)).toEqual(cell);
});

test('the map itself is divided evenly', () => {
  expect(cellOnMap({ x: 0.34, y: 0.2 }, geometry)).toEqual({ x: 1, y: 0 });
  expect(cellOnMap({ x: 1, y: 1 }, geometry)).toEqual({ x: 2, y: 1 });
  expect(cellOnPhotograph({ x: 0.34, y: 0.2 }, evenly)).toEqual({ x: 1, y: 0 });
});

test.each([
  ['ArrowRight', false, { x: 2, y: 0 }],
  ['ArrowLeft', true, { x: 0, y: 0 }],
  ['ArrowDown', false, { x: 1, y: 1 }],
  ['ArrowUp', false, { x: 1, y: 0 }],
  ['End', false, { x: 2, y: 0 }],
  ['Home', false, { x: 0, y: 0 }],
  ['PageDown', false, { x: 1, y: 1 }],
])('%s leads from the first row to %j, and never out of the map', (key, isFar, cell) => {
  expect(cellByKey(key, { x: 1, y: 0 }, geometry, isFar)).toEqual(cell);
});

test('other keys lead nowhere', () => {
  expect(cellByKey('Tab', { x: 1, y: 0 }, geometry, false)).toBeUndefined();
  expect(cellByKey('toString', { x: 1, y: 0 }, geometry, false)).toBeUndefined();
});
