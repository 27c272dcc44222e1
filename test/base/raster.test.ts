import { expect, test } from 'vitest';
import { blendPixel, createRaster, fillRectangle, type Raster, rasterFromPixels } from '../../src/base/raster.js';

const reds = ({ data, width, height }: Raster) =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => data[(y * width + x) * 4]));

test('a new picture has one opaque color', () => {
  expect([...createRaster(2, 1, [1, 2, 3]).data]).toEqual([1, 2, 3, 255, 1, 2, 3, 255]);
});

test('pixels of one or three channels become a picture', () => {
  expect([...rasterFromPixels([1, 2, 3, 4, 5, 6], 2, 1, 3).data]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  expect([...rasterFromPixels([9], 1, 1, 1).data]).toEqual([9, 9, 9, 255]);
});

test('a rectangle is cut at the picture', () => {
  const raster = createRaster(3, 3, [0, 0, 0]);
  fillRectangle(raster, -2, 1, 4, 9, [7, 7, 7]);
  fillRectangle(raster, 5, 5, 2, 2, [7, 7, 7]);
  expect(reds(raster)).toEqual([
    [0, 0, 0],
    [7, 7, 0],
    [7, 7, 0],
  ]);
});

test('a color is mixed in by its opacity, and left out beside the picture', () => {
  const raster = createRaster(2, 1, [100, 0, 0]);
  blendPixel(raster, 1, 0, [200, 0, 0], 0.25);
  for (const [x, y] of [
    [-1, 0],
    [2, 0],
    [0, -1],
    [0, 1],
  ] as const)
    blendPixel(raster, x, y, [255, 0, 0], 1);
  expect(reds(raster)).toEqual([[100, 125]]);
});
