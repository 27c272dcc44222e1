import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { textMetrics } from 'vega';
import { expect, test } from 'vitest';
import { chartCurves } from '../src/output/charts/curves-chart.js';
import { drawChart } from '../src/output/charts/draw-chart.js';

// A library sets nothing for the whole process of its host.
test('no source file sets flags of V8', () => {
  const root = fileURLToPath(new URL('../src', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  expect(files.filter((path) => /setFlagsFromString|node:v8/.test(readFileSync(`${root}/${path}`, 'utf8')))).toEqual(
    [],
  );
});

test('drawing charts neither changes how the host measures text in Vega, nor depends on it', async () => {
  const chart = chartCurves({ trainingLoss: [0.7, 0.6], trainingAccuracy: [0.5, 0.6], bestEpoch: 2 }, [
    'run8, epoch 2',
  ]);
  const before = textMetrics.width;
  const [picture] = await Promise.all([drawChart(chart, 1), drawChart(chart, 1)]);
  expect(textMetrics.width).toBe(before);

  const measured: unknown[] = [];
  const ofHost = (_style: object, text: unknown) => measured.push(text) + 1000;
  textMetrics.width = ofHost;
  try {
    const { data } = await drawChart(chart, 1);
    expect(Buffer.from(data).equals(Buffer.from(picture.data))).toBe(true);
    expect(textMetrics.width).toBe(ofHost);
    expect(measured).toEqual([]);
  } finally {
    textMetrics.width = before;
  }
});
