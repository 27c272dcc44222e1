import { expect, test } from 'vitest';
import { createRaster, type Raster } from '../../src/base/raster.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { nonValueIndex } from '../../src/rendering/normalize.js';
import { crossOut, enlargement, paintMap } from '../../src/rendering/tile.js';

const red = ({ data, width }: Raster, x: number, y: number) => data[(y * width + x) * 4];

test.each([
  // The maps of the article's network: none is made smaller, each comes near to 72 pixels.
  [148, 148, 1],
  [74, 74, 1],
  [36, 36, 2],
  [34, 34, 2],
  [17, 17, 4],
  [15, 15, 5],
  [7, 7, 10],
  // The longer side counts.
  [36, 9, 2],
  [9, 36, 2],
  [1, 1, 72],
])('a map of %d x %d is enlarged %d times', (width, height, factor) => {
  expect(enlargement(width, height, 72)).toBe(factor);
});

test('every value becomes a square, and nothing beside the map is touched', () => {
  const raster = createRaster(7, 6, [1, 1, 1]);
  const map = { width: 2, height: 2, indexes: Uint16Array.of(10, 20, 30, 40) };
  paintMap(raster, map, 1, 2, 2, getColormap('gray'));
  const gray = (index: number) => getColormap('gray').colors[index]?.[0];
  const rows = Array.from({ length: 6 }, (_, y) => Array.from({ length: 7 }, (_, x) => red(raster, x, y)));
  const [a, b, c, d] = [10, 20, 30, 40].map(gray);
  expect(rows).toEqual([
    [1, 1, 1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1, 1, 1],
    [1, a, a, b, b, 1, 1],
    [1, a, a, b, b, 1, 1],
    [1, c, c, d, d, 1, 1],
    [1, c, c, d, d, 1, 1],
  ]);
});

test('the colors of a non-value are in no ramp', () => {
  const raster = createRaster(4, 4, [0, 0, 0]);
  const ramp = getColormap('magma');
  paintMap(raster, { width: 1, height: 1, indexes: Uint16Array.of(nonValueIndex) }, 0, 0, 4, ramp);
  const painted = new Set(Array.from({ length: 16 }, (_, pixel) => raster.data.slice(pixel * 4, pixel * 4 + 3).join()));
  const names = ['viridis', 'magma', 'inferno', 'gray'] as const;
  const taken = new Set(names.flatMap((name) => getColormap(name).colors.map((color) => color.join())));
  expect(painted.size).toBe(2);
  expect([...painted].filter((color) => taken.has(color))).toEqual([]);
});

test.each([
  ['black', 0],
  ['white', 255],
])('a cross shows on %s', (_, level) => {
  const raster = createRaster(40, 20, [level, level, level]);
  crossOut(raster, 0, 0, 40, 20);
  const changed = (x: number, y: number) => Math.abs((red(raster, x, y) ?? 0) - level);
  // Corner, middle and opposite corner lie on the cross, the middle of an edge does not.
  expect([changed(0, 0) > 40, changed(20, 10) > 40, changed(39, 0) > 40]).toEqual([true, true, true]);
  expect(changed(20, 0)).toBe(0);
});

test('a cross touches nothing beside its map', () => {
  const raster = createRaster(24, 20, [0, 0, 0]);
  crossOut(raster, 5, 4, 12, 10);
  const touched = Array.from(raster.data, (value, at) => ({ value, x: (at >> 2) % 24, y: Math.floor(at / 96), at }))
    .filter(({ value, at }) => at % 4 < 3 && value > 0)
    .map(({ x, y }) => [x, y] as const);
  const [columns, rows] = [touched.map(([x]) => x), touched.map(([, y]) => y)];
  expect([Math.min(...columns), Math.max(...columns)]).toEqual([5, 16]);
  expect([Math.min(...rows), Math.max(...rows)]).toEqual([4, 13]);
});
