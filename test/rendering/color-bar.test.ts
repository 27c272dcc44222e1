import { expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { colorBarSize, drawColorBar, numberedBar, perChannelBar } from '../../src/rendering/color-bar.js';
import { getColormap } from '../../src/rendering/colormap.js';

const viridis = getColormap('viridis');
const labels = (bar: { ticks: readonly { label: string }[] }) => bar.ticks.map(({ label }) => label);

test('a numbered bar names the ends and the middle of its scale', () => {
  expect(labels(numberedBar('', { kind: 'range', low: -1, high: 3 }, viridis))).toEqual(['\u22121', '1', '3']);
  const zscore = { kind: 'zscore', mean: 5, standardDeviation: 2 } as const;
  expect(labels(numberedBar('', zscore, viridis))).toEqual(['1', '5', '9']);
});

test('an end that values lie beyond stands for those as well', () => {
  const range = { kind: 'range', low: -1, high: 3 } as const;
  expect(labels(numberedBar('', range, viridis, { min: -1, max: 3 }))).toEqual(['\u22121', '1', '3']);
  expect(labels(numberedBar('', range, viridis, { min: -1.1, max: 2 }))).toEqual(['\u2264 \u22121', '1', '3']);
  expect(labels(numberedBar('', range, viridis, { min: 0, max: 3.1 }))).toEqual(['\u22121', '1', '\u2265 3']);
  const zscore = { kind: 'zscore', mean: 5, standardDeviation: 2 } as const;
  expect(labels(numberedBar('', zscore, viridis, { min: 0, max: 9 }))).toEqual(['\u2264 1', '5', '9']);
});

test('a scale without extent has one number', () => {
  expect(labels(numberedBar('', { kind: 'range', low: 2, high: 2 }, viridis))).toEqual(['2']);
});

test('a bar for channels that are scaled one by one says what its ends mean', () => {
  expect(labels(perChannelBar('zscore', viridis))).toEqual(['\u2264 \u22122\u03c3', 'mean', '\u2265 +2\u03c3']);
  expect(labels(perChannelBar('minmax', viridis))).toEqual(['min', 'max']);
});

test('a bar shows the whole ramp, from its lowest color on the left to its highest on the right', () => {
  const bar = perChannelBar('minmax', viridis);
  const { width, height } = colorBarSize(bar, 2);
  const raster = createRaster(width, height, [255, 255, 255]);
  drawColorBar(raster, bar, 0, 0, 2);
  const middle = 2 * 7 + 2 * 3 + 5;
  const row = Array.from({ length: width }, (_, x) => {
    const offset = (middle * width + x) * 4;
    return raster.data.slice(offset, offset + 3).join();
  });
  expect(width).toBe(256);
  expect(row).toEqual(viridis.colors.map((color) => color.join()));
});
