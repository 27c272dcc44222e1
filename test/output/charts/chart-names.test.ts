import { expect, test } from 'vitest';
import type { LayerMetrics } from '../../../src/channels/report.js';
import { namesInChart } from '../../../src/output/charts/chart-names.js';
import { chartConfusion } from '../../../src/output/charts/confusion-chart.js';
import { chartDepth } from '../../../src/output/charts/depth-chart.js';
import { drawChart } from '../../../src/output/charts/draw-chart.js';
import { chartRoc } from '../../../src/output/charts/roc-chart.js';
import { shortenName } from '../../../src/output/picture-source.js';

// Each of them once made Vega or the program that fills the pixels fail.
const awkward = [
  'line\u2028separator',
  'paragraph\u2029',
  'a\u001b[31m',
  'bell\u0007 null\u0000 c1\u0085',
  'half \ud800',
  'x'.repeat(5000),
  '</text><script>',
  '"];evil',
  '\u{1f408}'.repeat(100),
];

test('what cannot be printed is shown as its code, and long names are cut', () => {
  expect(namesInChart(['ls\u2028', 'a\u001b[31m', 'cats', 'y'.repeat(61)])).toEqual([
    'ls\\u2028',
    'a\\u001b[31m',
    'cats',
    `${'y'.repeat(60)}...`,
  ]);
});

test('names that are cut to the same stay different', () => {
  const long = 'x'.repeat(70);
  expect(new Set(namesInChart([`${long}1`, `${long}2`, `${long}3`])).size).toBe(3);
});

test.each(awkward)('charts of a class or layer %j are drawn', async (name) => {
  const points = [
    { falsePositiveRate: 0, truePositiveRate: 0 },
    { falsePositiveRate: 1, truePositiveRate: 1 },
  ];
  const confusion = [
    [1, 0],
    [0, 1],
  ];
  const layer = {
    name,
    kind: 'Conv2D',
    range: null,
    sparsity: 0.5,
    silentFraction: 0.1,
    separation: null,
  } as LayerMetrics;
  const charts = [
    chartConfusion(confusion, [name, 'cats'], [shortenName(name)]),
    chartRoc(
      [
        { className: name, points, area: 0.5 },
        { className: 'cats', points, area: 0.5 },
      ],
      [name, 'cats'],
      [shortenName(name)],
    ),
    chartDepth([layer, { ...layer, name: `${name}2` }], [shortenName(name)]),
  ];
  for (const chart of charts) {
    const { width, height } = await drawChart(chart, 1);
    expect(width).toBeGreaterThan(100);
    expect(width).toBeLessThan(1500);
    expect(height).toBeLessThan(1500);
  }
});
