import { expect, test } from 'vitest';
import { blob, brushStroke, curve, mirror, placeAt, points, transformPoints } from '../../src/sample/geometry.js';

test('a line is written as pairs, stretched and moved down', () => {
  expect(points('1,2 -3,4', 2, 10, 1)).toEqual([
    [2, 21],
    [-6, 41],
  ]);
});

test('placing moves, then turns clockwise, then enlarges', () => {
  const [[x, y]] = transformPoints([[1, 0]], placeAt([1, 0, 0, 1, 0, 0], 10, 20, 3, Math.PI / 2)) as [[number, number]];
  expect([x, y]).toEqual([expect.closeTo(10, 9), expect.closeTo(23, 9)]);
});

test('placing again happens in the coordinates of the outer place', () => {
  const outer = placeAt([1, 0, 0, 1, 0, 0], 100, 0, 2);
  expect(transformPoints([[1, 1]], placeAt(outer, 5, 0))).toEqual([[112, 2]]);
});

test('a mirror image changes the side', () => {
  expect(mirror([[2, 3]])).toEqual([[-2, 3]]);
});

test('smooth lines go through their points', () => {
  const corners = points('0,0 4,0 4,4 0,4');
  expect(curve(corners)).toEqual(expect.arrayContaining([...corners]));
  expect(blob(corners)).toEqual(expect.arrayContaining([...corners]));
});

test('a stroke is as wide as asked for along its way and round at its ends', () => {
  const outline = brushStroke(points('0,0 10,0'), 4, 2);
  const xs = outline.map(([x]) => x);
  expect(outline).toEqual(
    expect.arrayContaining([
      [0, 2],
      [10, 1],
      [10, -1],
      [0, -2],
    ]),
  );
  expect([Math.min(...xs), Math.max(...xs)]).toEqual([expect.closeTo(-2, 6), expect.closeTo(11, 6)]);
});
