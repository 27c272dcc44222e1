import { expect, test } from 'vitest';
import type { Raster } from '../../src/base/raster.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { renderColorKernels, renderKernelTiles } from '../../src/rendering/kernels.js';
import { expectGolden } from '../helpers/golden.js';

const countOf = ({ data }: Raster, [red, green, blue]: readonly number[]) => {
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count++;
  }
  return count;
};

// [height, width, input channels, filters]
const values = Float32Array.from({ length: 3 * 2 * 3 * 4 }, (_, index) => Math.sin(index * 1.7));

test("a layer's kernels: a column for each filter, a row for each input channel", () => {
  expectGolden('kernels-tiles', renderKernelTiles({ title: 'conv2d_1', shape: [3, 2, 3, 4], values }));
});

test('filters that see red, green and blue, in color', () => {
  expectGolden('kernels-color', renderColorKernels({ title: 'conv2d_1', shape: [3, 2, 3, 4], values }));
});

test('0 is in the middle of the ramp, and the largest distance from it at an end, whatever its sign', () => {
  const { colors } = getColormap('coolwarm');
  const picture = renderKernelTiles({ title: '', shape: [1, 1, 1, 3], values: Float32Array.of(-4, 0, 2) });
  const tile = 48 * 48;
  const [lowest, middle, upper] = [0, 128, 192].map((index) => countOf(picture, colors[index] ?? []));
  expect([lowest, middle, upper].map((count) => (count ?? 0) >= tile)).toEqual([true, true, true]);
  expect(countOf(picture, colors[255] ?? [])).toBeLessThan(tile);
});

test('a color filter shows what it answers to: red above 0, blue below', () => {
  const picture = renderColorKernels({ title: '', shape: [1, 1, 3, 1], values: Float32Array.of(2, 0, -2) });
  expect(countOf(picture, [255, 128, 0])).toBe(72 * 72);
});

test('kernels that are no numbers are marked and counted', () => {
  const broken = Float32Array.of(1, Number.NaN, Number.NEGATIVE_INFINITY);
  const tiles = renderKernelTiles({ title: 'a', shape: [1, 1, 3, 1], values: broken });
  expect(countOf(tiles, [255, 0, 0])).toBeGreaterThan(1000);
  expect(countOf(renderColorKernels({ title: 'a', shape: [1, 1, 3, 1], values: broken }), [255, 128, 128])).toBe(
    72 * 72,
  );
});
