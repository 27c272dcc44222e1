import { expect, test } from 'vitest';
import { chartBenchmark } from '../../../src/output/charts/benchmark-chart.js';
import { drawSvg } from '../../../src/output/charts/draw-chart.js';

const around = (mean: number) => ({ mean, low: mean - 0.05, high: mean + 0.05 });

const rows = [
  { name: 'Grad-CAM at pool', kind: 'at chance', value: around(0.2), meanMap: 0.25, difference: around(-0.1) },
  { name: 'HiResCAM at pool', kind: 'trusted', value: around(0.6), meanMap: 0.2, difference: around(0.3) },
  { name: 'edge filter', kind: 'control', value: around(0.9) },
] as const;

test('a benchmark has a row for each method, the highest first, and below them the controls', async () => {
  const svg = await drawSvg(chartBenchmark(rows, 'evidence inside the head', ['run8', '100 test images']));
  const placeOf = (text: string) => {
    const label = new RegExp(`translate\\([-\\d.]+,\\s*([\\d.]+)\\)[^>]*>${text}<`).exec(svg);
    expect(label, text).not.toBeNull();
    return Number(label?.[1]);
  };
  const places = ['HiResCAM at pool', 'Grad-CAM at pool', 'edge filter'].map(placeOf);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  // both sides have the same rows
  const heights = [...svg.matchAll(/transform="translate\(([-\d.]+),([-\d.]+)\)"[^>]*aria-roledescription="point"/g)];
  expect(new Set(heights.map(([, , y]) => y)).size).toBeLessThanOrEqual(rows.length);
  for (const text of [
    'evidence inside the head',
    'over the strongest control',
    'trusted',
    'at chance',
    'run8 - 100 test',
  ])
    expect(svg).toContain(text);
  expect(svg).not.toContain('ignores weights');
});

test('only what was measured is drawn', async () => {
  const marks = async (kept: typeof rows | readonly (typeof rows)[number][]) =>
    ((await drawSvg(chartBenchmark(kept, 'm', []))).match(/aria-roledescription="point"/g) ?? []).length;
  // mean and mean map and difference of two methods, the mean of a control
  expect(await marks(rows)).toBe(7);
  expect(await marks(rows.slice(2))).toBe(1);
});
