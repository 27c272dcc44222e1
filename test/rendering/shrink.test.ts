import { expect, test } from 'vitest';
import { reduction, shrinkPlane } from '../../src/rendering/shrink.js';

test('a map becomes the means of squares, fewer values at its edges', () => {
  const plane = { width: 3, height: 3, values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, Number.NaN) };
  expect(shrinkPlane(plane, 2)).toEqual({ width: 2, height: 2, values: Float32Array.of(3, 4.5, 7.5, Number.NaN) });
  expect(shrinkPlane(plane, 1).values).toBe(plane.values);
});

test('maps come near to a size by a whole factor, and are never made larger', () => {
  expect([148, 74, 36].map((size) => reduction(size, size, 64))).toEqual([2, 1, 1]);
});
