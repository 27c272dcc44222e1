import { expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { colorBarSize, drawColorBar, minmaxBar, numberedBar, zscoreBar } from '../../src/rendering/color-bar.js';
import { getColormap } from '../../src/rendering/colormap.js';

const viridis = getColormap('viridis');
const labels = (bar: { ticks: readonly { label: string }[] }) => bar.ticks.map(({ label }) => label);

test('a numbered bar names the ends and the middle of its scale', () => {
  expect(labels(numberedBar('', { kind: 'range', low: -1, high: 3 }, viridis))).toEqual(['\u22121', '0', '1', '3']);
  const zscore = { kind: 'zscore', mean: 5, standardDeviation: 2 } as const;
  expect(labels(numberedBar('', zscore, viridis))).toEqual(['1', '5', '9']);
});

test('an end that values lie beyond stands for those as well', () => {
  const range = { kind: 'range', low: -1, high: 3 } as const;
  expect(labels(numberedBar('', range, viridis, { min: -1, max: 3 }))).toEqual(['\u22121', '0', '1', '3']);
  expect(labels(numberedBar('', range, viridis, { min: -1.1, max: 2 }))).toEqual(['\u2264 \u22121', '0', '1', '3']);
  expect(labels(numberedBar('', range, viridis, { min: 0, max: 3.1 }))).toEqual(['\u22121', '0', '1', '\u2265 3']);
  const zscore = { kind: 'zscore', mean: 5, standardDeviation: 2 } as const;
  expect(labels(numberedBar('', zscore, viridis, { min: 0, max: 9 }))).toEqual(['\u2264 1', '5', '9']);
});

test('a scale without extent has one number', () => {
  expect(labels(numberedBar('', { kind: 'range', low: 2, high: 2 }, viridis))).toEqual(['2']);
});

test('around a mean a bar ends where values do: after a relu at 0', () => {
  const scale = { kind: 'zscore', mean: 1, standardDeviation: 2 } as const;
  const relu = numberedBar('', scale, viridis, { min: 0, max: 9 });
  expect([labels(relu), relu.part]).toEqual([['0', '1', '\u2265 5'], { min: 3 / 8, max: 1 }]);
  const small = numberedBar('', scale, viridis, { min: 0.5, max: 3 });
  expect([labels(small), small.part]).toEqual([['0', '1', '3'], { min: 3 / 8, max: 6 / 8 }]);
  const signed = numberedBar('', scale, viridis, { min: -7, max: 9 });
  expect([labels(signed), signed.part]).toEqual([['\u2264 \u22123', '0', '1', '\u2265 5'], undefined]);
});

test('a scale that was asked for is shown whole', () => {
  const bar = numberedBar('', { kind: 'range', low: -1, high: 3 }, viridis, { min: 0, max: 2 });
  expect([labels(bar), bar.part]).toEqual([['\u22121', '0', '1', '3'], undefined]);
});

test('a bar for channels that are scaled one by one says what its ends mean', () => {
  const channel = (min: number, max: number) => ({ min, max, mean: 1, standardDeviation: 2 });
  const whole = zscoreBar([channel(-9, 9)], viridis);
  expect([labels(whole), whole.part]).toEqual([['\u2264 \u22122\u03c3', 'mean', '\u2265 +2\u03c3'], undefined]);
  expect(labels(minmaxBar(viridis))).toEqual(['min', 'max']);
});

test('channels that are scaled one by one around their means: the bar ends where the values of all of them do', () => {
  const channels = [
    { min: 0, max: 3, mean: 1, standardDeviation: 2 },
    { min: 0, max: 2, mean: 1, standardDeviation: 1 },
    { min: 7, max: 7, mean: 7, standardDeviation: 0 },
  ];
  const bar = zscoreBar(channels, viridis);
  expect([labels(bar), bar.part]).toEqual([['\u22121\u03c3', 'mean', '+1\u03c3'], { min: 0.25, max: 0.75 }]);
  expect(bar.ticks[1]?.position).toBe(0.5);
  expect(labels(zscoreBar([], viridis))).toEqual(['\u2264 \u22122\u03c3', 'mean', '\u2265 +2\u03c3']);
});

test('a label between the ends that has no room is left out, that of 0 last', () => {
  const bar = numberedBar('', { kind: 'range', low: -1.1234, high: 1.5678 }, viridis);
  expect(labels(bar)).toEqual(['\u22121.12', '0', '0.222', '1.57']);
  const { width, height } = colorBarSize(bar, 2);
  const raster = createRaster(width, height, [255, 255, 255]);
  drawColorBar(raster, bar, 0, 0, 2);
  const tickRow = 2 * 7 + 2 * 3 + 2 * 7 + 1;
  const ticks = Array.from({ length: width }, (_, x) => x).filter((x) => raster.data[(tickRow * width + x) * 4] === 24);
  const zero = Math.round((1.1234 / (1.1234 + 1.5678)) * (width - 2));
  expect(ticks).toEqual([0, 1, zero, zero + 1, width - 2, width - 1]);
});

test('a bar shows the whole ramp, from its lowest color on the left to its highest on the right', () => {
  const bar = minmaxBar(viridis);
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
