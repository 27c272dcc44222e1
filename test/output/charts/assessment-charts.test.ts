import { expect, test } from 'vitest';
import { measureCalibration } from '../../../src/evaluation/calibration.js';
import { areaUnderRoc, traceRoc } from '../../../src/evaluation/roc.js';
import type { Scores } from '../../../src/evaluation/scores.js';
import { chartConfusion } from '../../../src/output/charts/confusion-chart.js';
import { drawChart, drawSvg } from '../../../src/output/charts/draw-chart.js';
import { chartReliability } from '../../../src/output/charts/reliability-chart.js';
import { chartRoc } from '../../../src/output/charts/roc-chart.js';
import fixture from '../../fixtures/evaluation.json' with { type: 'json' };
import { expectGolden } from '../../helpers/golden.js';

const source = ['run8, epoch 8', '1,000 test images of cats_dogs'];

function readScores(name: string): Scores {
  const found = fixture.cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return {
    classCount: found.classCount,
    classIndexes: Int32Array.from(found.classIndexes),
    probabilities: Float32Array.from(found.probabilities),
    imageIndexes: Int32Array.from(found.classIndexes.keys()),
  };
}

function curve(scores: Scores, classIndex: number, className: string) {
  const points = traceRoc(scores, classIndex) ?? [];
  return { className, points, area: areaUnderRoc(points) };
}

test('the ROC curve of two classes', async () => {
  expectGolden(
    'roc',
    await drawChart(chartRoc([curve(readScores('two classes'), 1, 'dogs')], ['cats', 'dogs'], source), 1),
    4,
  );
});

test('the ROC curves of three classes', async () => {
  const scores = readScores('three classes');
  const names = ['cats', 'dogs', 'rabbits'];
  const curves = names.map((name, index) => curve(scores, index, name));
  expectGolden('roc-three-classes', await drawChart(chartRoc(curves, names, source), 1), 4);
});

test('the reliability diagram', async () => {
  expectGolden(
    'reliability',
    await drawChart(chartReliability(measureCalibration(readScores('three classes')), 3, source), 1),
    4,
  );
});

test('the confidence of two classes begins at one half, and so does the bin around it', async () => {
  const chart = chartReliability(measureCalibration(readScores('two classes')), 2, source);
  expectGolden('reliability-two-classes', await drawChart(chart, 1), 4);
});

test('the confusion matrix of two classes', async () => {
  const chart = chartConfusion(
    [
      [431, 69],
      [12, 488],
    ],
    ['cats', 'dogs'],
    source,
  );
  expectGolden('confusion', await drawChart(chart, 1), 4);
});

test('the text of a confusion matrix has a contrast of 4.5 to its cell, whatever the share', async () => {
  for (let share = 0; share <= 100; share++) {
    const svg = await drawSvg(chartConfusion([[share, 100 - share], [0, 100]], ['cats', 'dogs'], source)); // biome-ignore format: a matrix
    const fills = (selector: RegExp) => [...svg.matchAll(selector)].map(([, color]) => luminance(color as string));
    const cells = fills(/aria-roledescription="rect mark"[^>]*fill="(rgb[^"]*)"/g);
    const texts = fills(/<text [^>]*font-size="18px" fill="(white|black)"/g).slice(-4);
    expect([cells.length, texts.length]).toEqual([4, 4]);
    for (const [index, cell] of cells.entries()) {
      const [low, high] = [cell, texts[index] as number].sort((a, b) => a - b) as [number, number];
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(4.5);
    }
  }
});

/** WCAG 2's relative luminance of `white`, `black` or `rgb(...)`. */
function luminance(color: string): number {
  if (color === 'white' || color === 'black') return color === 'white' ? 1 : 0;
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('the confusion matrix of many classes, one of them without images', async () => {
  const names = [
    'beagle',
    'Bernese mountain dog',
    'collie',
    'husky',
    'pug',
    'terrier',
    'whippet',
    'кошка',
    'a "b\\c"',
    'j',
  ];
  const matrix = names.map((_, row) =>
    names.map((__, column) => (row === 9 ? 0 : row === column ? 90 - row * 9 : (row * column) % 7)),
  );
  expectGolden('confusion-many-classes', await drawChart(chartConfusion(matrix, names, source), 1), 4);
});
