import { expect, test } from 'vitest';
import { type Curves, chartCurve, chartCurves } from '../../../src/output/charts/curves-chart.js';
import { drawChart } from '../../../src/output/charts/draw-chart.js';
import { expectGolden } from '../../helpers/golden.js';

/** A run that overfits from the middle on. */
function overfit(epochs: number): Curves {
  const each = (value: (epoch: number) => number) => Array.from({ length: epochs }, (_, index) => value(index + 1));
  return {
    trainingLoss: each((epoch) => 0.7 * Math.exp(-epoch / 12)),
    trainingAccuracy: each((epoch) => 1 - 0.5 * Math.exp(-epoch / 9)),
    validationLoss: each((epoch) => 0.45 + 0.25 * Math.exp(-epoch / 4) + 0.012 * epoch + 0.02 * Math.sin(7 * epoch)),
    validationAccuracy: each((epoch) => 0.74 - 0.22 * Math.exp(-epoch / 5) + 0.008 * Math.sin(5 * epoch)),
    bestEpoch: Math.min(epochs, 8),
  };
}

test.each<[string, Curves]>([
  ['curves', overfit(30)],
  [
    'curves-one-epoch',
    { trainingLoss: [0.7], trainingAccuracy: [0.5], validationLoss: [0.65], validationAccuracy: [0.55], bestEpoch: 1 },
  ],
  ['curves-without-validation', { trainingLoss: [0.7, 0.6, 0.4, 0.1], trainingAccuracy: [0.5, 0.7, 0.9, 1] }],
  ['curves-3-epochs', overfit(3)],
  [
    'curves-learning-rate',
    { ...overfit(12), learningRate: [5e-4, ...new Array<number>(6).fill(1e-3), 1e-4, 1e-4, 1e-4, 1e-5, 1e-5] },
  ],
  ['curves-15-epochs', { ...overfit(15), learningRate: new Array<number>(15).fill(1e-3) }],
  ['curves-100-epochs', { ...overfit(100), bestEpoch: 93 }],
])('%s', async (name, curves) => {
  expectGolden(name, await drawChart(chartCurves(curves, ['run8, epoch 8', '2,000 train images of cats_dogs']), 1), 4);
});

test.each([
  ['far from 0: the data with 5 %', [0.7, 0.65, 0.6], [0.595, 0.705]],
  ['0 within one range: from 0', [1, 0.8, 0.4], [0, 1.03]],
  ['one number', [0.7], [0, 0.735]],
  ['none', [null], [0, 1]],
])('the loss axis, %s', (_, trainingLoss, domain) => {
  const panel = chartCurve(
    { trainingLoss, trainingAccuracy: [] },
    { metric: 'loss', width: 300, height: 200, namesBest: false, namesEpoch: false },
  );
  const found = JSON.stringify(panel)
    .match(/"field":"value"[^}]*"domain":\[([^\]]*)\]/)?.[1]
    ?.split(',')
    .map(Number);
  expect(found).toEqual(domain.map((end) => expect.closeTo(end, 10)));
});
