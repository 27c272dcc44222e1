import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { ellipse, type Points, points } from '../../src/sample/geometry.js';
import { coverOutline, intersect, type Mask, paintMask } from '../../src/sample/mask.js';

const rectangle = (left: number, top: number, right: number, bottom: number): Points =>
  points(`${left},${top} ${right},${top} ${right},${bottom} ${left},${bottom}`);
const area = ({ coverage }: Mask) => coverage.reduce((sum, value) => sum + value, 0);

function coverageAt(mask: Mask, x: number, y: number): number {
  return mask.coverage[(y - mask.top) * mask.width + x - mask.left] ?? 0;
}

test('a pixel is covered by the part of it that lies inside', () => {
  const mask = coverOutline(rectangle(1.25, 2.5, 3.5, 4), 10);
  expect(coverageAt(mask, 1, 2)).toBeCloseTo(0.75 * 0.5, 6);
  expect(coverageAt(mask, 2, 3)).toBeCloseTo(1, 6);
  expect(coverageAt(mask, 3, 3)).toBeCloseTo(0.5, 6);
});

test('a triangle covers half of the pixels on its diagonal', () => {
  const mask = coverOutline(points('0,0 4,4 0,4'), 10);
  expect([coverageAt(mask, 0, 2), coverageAt(mask, 2, 2), coverageAt(mask, 3, 2)]).toEqual([1, 0.5, 0]);
});

test('the covered area is the area of the shape, however it lies and whichever way round it goes', () => {
  const lengths = fc.double({ min: 0.3, max: 9, noNaN: true });
  fc.assert(
    fc.property(lengths, lengths, fc.double({ min: 0, max: 3.2, noNaN: true }), fc.boolean(), (a, b, turn, reverse) => {
      const outline = ellipse(15.3, 14.9, a, b, turn);
      const polygonArea = 20 * Math.sin((2 * Math.PI) / 40) * a * b;
      expect(area(coverOutline(reverse ? [...outline].reverse() : outline, 40))).toBeCloseTo(polygonArea, 3);
    }),
  );
});

test('an outline that goes round twice covers no pixel more than once', () => {
  const twice = [...rectangle(1, 1, 5, 5), ...rectangle(1, 1, 5, 5)];
  expect(area(coverOutline(twice, 10))).toBeCloseTo(16, 5);
});

test('what lies outside the picture is left out', () => {
  const raster = createRaster(4, 4, [0, 0, 0]);
  paintMask(raster, coverOutline(rectangle(-5, -5, 2, 2), 4), [255, 255, 255]);
  paintMask(raster, coverOutline(rectangle(10, 10, 12, 12), 4), [255, 255, 255]);
  const redBytes = Array.from({ length: 16 }, (_, pixel) => raster.data[pixel * 4]);
  expect(redBytes.filter((byte) => byte === 255).length).toBe(4);
});

test('an intersection is covered where both are', () => {
  const both = intersect(coverOutline(rectangle(0, 0, 4, 4), 9), coverOutline(rectangle(2, 1, 8, 8), 9));
  expect(area(both)).toBeCloseTo(2 * 3, 5);
});
