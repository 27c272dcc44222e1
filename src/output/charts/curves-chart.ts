// Loss and accuracy of a run's epochs.

import { ink, seriesColors } from './chart-style.js';
import type { Chart, Panel } from './draw-chart.js';

/** The metrics of a run, one per epoch; null or NaN where there was no number. Accuracies are 0..1. */
export interface Curves {
  trainingLoss: readonly (number | null)[];
  trainingAccuracy: readonly (number | null)[];
  /** absent without validation */
  validationLoss?: readonly (number | null)[] | undefined;
  validationAccuracy?: readonly (number | null)[] | undefined;
  /** from 1; absent where none was found */
  bestEpoch?: number | undefined;
}

interface Point {
  epoch: number;
  value: number;
  series: string;
}

const size = { width: 620, height: 210 };
const seriesNames = ['training', 'validation'];
/** more markers than this on a line would run into each other */
const markersAtMost = 25;
/** how far apart the names of two lines must be, of the panel's height */
const labelHeight = 0.085;

/** Loss above, accuracy below, over the epochs: the best epoch marked, the lines named where they end. */
export function chartCurves(curves: Curves): Chart {
  const { trainingLoss, trainingAccuracy, validationLoss = [], validationAccuracy = [], bestEpoch } = curves;
  const epochs = trainingLoss.length;
  const loss = [...toPoints(trainingLoss, 'training'), ...toPoints(validationLoss, 'validation')];
  const accuracy = [...toPoints(trainingAccuracy, 'training'), ...toPoints(validationAccuracy, 'validation')];
  const highest = Math.max(0, ...loss.map(({ value }) => value));
  const lowest = Math.min(0.9, ...accuracy.map(({ value }) => value));
  return {
    title: { text: 'Loss and accuracy by epoch', subtitle: describeBest(curves), offset: 26 },
    spacing: 26,
    vconcat: [
      chartPanel('loss', loss, [0, highest === 0 ? 1 : highest * 1.04], epochs, bestEpoch, true),
      chartPanel('accuracy', accuracy, [Math.floor(lowest * 10 - 1e-9) / 10, 1], epochs, bestEpoch, false),
    ],
  };
}

function describeBest({ bestEpoch, validationLoss, validationAccuracy }: Curves): string {
  if (bestEpoch === undefined) return validationLoss === undefined ? 'without validation' : 'no best epoch';
  const figures = [
    ['validation loss', validationLoss?.[bestEpoch - 1]],
    ['validation accuracy', validationAccuracy?.[bestEpoch - 1]],
  ].flatMap(([name, value]) => (typeof value === 'number' ? [`${name} ${value.toFixed(4)}`] : []));
  return [`best epoch ${bestEpoch}`, ...figures].join(', ');
}

/** A gap where there is no number. */
function toPoints(values: readonly (number | null)[], series: string): Point[] {
  return values.flatMap((value, index) =>
    value !== null && Number.isFinite(value) ? [{ epoch: index + 1, value, series }] : [],
  );
}

function chartPanel(
  title: string,
  points: Point[],
  domain: [low: number, high: number],
  epochs: number,
  bestEpoch: number | undefined,
  namesBest: boolean,
): Panel {
  const every = Math.ceil(epochs / markersAtMost);
  const isMarked = (epoch: number) => [1, epochs, bestEpoch].includes(epoch) || epoch % every === 0;
  const marked = points.filter(({ epoch }) => isMarked(epoch));
  const best = bestEpoch === undefined ? [] : [{ epoch: bestEpoch, label: `best: epoch ${bestEpoch}` }];
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: namesBest ? null : 'epoch',
    scale: { domain: epochs === 1 ? [0.5, 1.5] : [1, epochs], nice: false, padding: 10 },
    // Vega thins even given ticks where there are more than these two allow.
    axis: { format: 'd', values: chooseTicks(epochs), tickCount: 100, tickMinStep: 0.01, grid: false },
  } as const;
  const y = {
    field: 'value',
    type: 'quantitative',
    title,
    scale: { domain, nice: false },
    axis: { tickCount: 6 },
  } as const;
  const [trainingColor = ink, validationColor = ink] = seriesColors;
  const color = bySeries<string>([trainingColor, validationColor]);
  return {
    ...size,
    layer: [
      {
        data: { values: best },
        mark: { type: 'rule', color: ink, strokeDash: [1, 3], strokeCap: 'round', strokeWidth: 1.5 },
        encoding: { x },
      },
      {
        data: { values: namesBest ? best : [] },
        mark: { type: 'text', baseline: 'bottom' },
        encoding: { x, y: { value: -4 }, text: { field: 'label' } },
      },
      {
        data: { values: points },
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          x,
          y,
          color,
          strokeDash: bySeries([
            [5, 3],
            [1, 0],
          ]),
        },
      },
      {
        data: { values: marked },
        mark: { type: 'point', size: 34, strokeWidth: 1.6, opacity: 1 },
        encoding: {
          x,
          y,
          stroke: color,
          fill: bySeries(['white', validationColor]),
          shape: bySeries(['circle', 'square']),
        },
      },
      {
        data: { values: placeNames(points, domain) },
        mark: { type: 'text', align: 'left', dx: 10, fontWeight: 600 },
        encoding: { x, y, color, text: { field: 'series' } },
      },
    ],
  };
}

/** The first epoch, and about ten round numbers. */
function chooseTicks(epochs: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000].find((each) => epochs / each <= 15) ?? epochs;
  const round = Array.from({ length: Math.floor(epochs / step) }, (_, index) => (index + 1) * step);
  return step === 1 ? round : [1, ...round];
}

/** Gives each of the two lines one value of a channel. */
function bySeries<Value>(range: Value[]) {
  return { field: 'series', scale: { domain: seriesNames, range }, legend: null };
}

/** The lines' names beside their last points, moved apart where they would cover each other. */
function placeNames(points: Point[], [low, high]: [number, number]): Point[] {
  const ends = seriesNames.flatMap((name) => points.findLast(({ series }) => series === name) ?? []);
  const [first, second] = ends;
  if (first === undefined || second === undefined) return ends;
  const needed = labelHeight * (high - low);
  const [lower, upper] = first.value <= second.value ? [first, second] : [second, first];
  const missing = Math.max(0, needed - (upper.value - lower.value));
  if (missing === 0) return ends;
  const room = high - needed / 2;
  const top = Math.min(upper.value + missing / 2, room);
  return [
    { ...upper, value: top },
    { ...lower, value: top - needed },
  ];
}
