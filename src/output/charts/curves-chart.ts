// Loss and accuracy of a run's epochs.

import { formatFixed } from '../../base/numbers.js';
import { ink, seriesColors } from './chart-style.js';
import { subtitleLines } from './chart-text.js';
import type { Chart, Panel } from './draw-chart.js';
import { chartLearningRate } from './learning-rate-chart.js';

/** The metrics of a run, one per epoch; null or NaN where there was no number. Accuracies are 0..1. */
export interface Curves {
  trainingLoss: readonly (number | null)[];
  trainingAccuracy: readonly (number | null)[];
  /** absent without validation */
  validationLoss?: readonly (number | null)[] | undefined;
  validationAccuracy?: readonly (number | null)[] | undefined;
  /** at the end of each epoch; where it changes it is drawn */
  learningRate?: readonly (number | null)[] | undefined;
  /** from 1; absent where none was found */
  bestEpoch?: number | undefined;
}

interface Point {
  epoch: number;
  value: number;
  series: string;
  /** of its line */
  piece: number;
}

export interface CurveOptions {
  metric: 'loss' | 'accuracy';
  /** in pixels, without axes and names */
  width: number;
  height: number;
  /** whether the best epoch, and the axis of epochs, have their name */
  namesBest: boolean;
  namesEpoch: boolean;
}

const size = { width: 620, height: 210 };
const seriesNames = ['training', 'validation'];
/** in pixels: closer markers on a line, and closer numbers of epochs, would run into each other */
const markerDistance = 25;
const tickDistance = 41;
/** how far apart the names of two lines must be, of the panel's height */
const labelHeight = 0.085;

/**
 * Loss above, accuracy below, over the epochs, and the learning rate where it changes: the best epoch marked, the lines named
 * where they end, with their last value.
 *
 * @param source of which run on which images, in words
 */
export function chartCurves(curves: Curves, source: readonly string[]): Chart {
  const rates = toPoints(curves.learningRate ?? [], 'learning rate');
  const changes = new Set(rates.map(({ value }) => value)).size > 1;
  return {
    title: { text: 'Loss and accuracy by epoch', subtitle: subtitleLines(source, describeBest(curves)), offset: 26 },
    spacing: 26,
    vconcat: [
      chartCurve(curves, { ...size, metric: 'loss', namesBest: true, namesEpoch: false }),
      chartCurve(curves, { ...size, metric: 'accuracy', namesBest: false, namesEpoch: !changes }),
      ...(changes
        ? [chartLearningRate(rates, placeEpochs(curves.trainingLoss.length, { ...size, namesEpoch: true }), size.width)]
        : []),
    ],
  };
}

function describeBest({ bestEpoch, validationLoss, validationAccuracy }: Curves): string {
  if (bestEpoch === undefined) return validationLoss === undefined ? 'without validation' : 'no best epoch';
  const metrics = [
    ['validation loss', validationLoss?.[bestEpoch - 1]],
    ['validation accuracy', validationAccuracy?.[bestEpoch - 1]],
  ].flatMap(([name, value]) => (typeof value === 'number' ? [`${name} ${value.toFixed(4)}`] : []));
  return [`best epoch ${bestEpoch}`, ...metrics].join(', ');
}

/** The lines are broken where there is no number. */
function toPoints(values: readonly (number | null)[], series: string): Point[] {
  let piece = 0;
  return values.flatMap((value, index) => {
    if (value !== null && Number.isFinite(value)) return [{ epoch: index + 1, value, series, piece }];
    piece++;
    return [];
  });
}

/** Loss or accuracy alone. */
export function chartCurve(curves: Curves, options: CurveOptions): Panel {
  const { width, height, metric, namesBest } = options;
  const { trainingLoss, trainingAccuracy, validationLoss = [], validationAccuracy = [], bestEpoch } = curves;
  const [training, validation] =
    metric === 'loss' ? [trainingLoss, validationLoss] : [trainingAccuracy, validationAccuracy];
  const epochs = training.length;
  const points = [...toPoints(training, 'training'), ...toPoints(validation, 'validation')];
  const domain = chooseDomain(metric, points);
  const every = Math.ceil(epochs / Math.round(width / markerDistance));
  const isMarked = (epoch: number) => [1, epochs, bestEpoch].includes(epoch) || epoch % every === 0;
  const marked = points.filter(({ epoch }) => isMarked(epoch));
  const best = bestEpoch === undefined ? [] : [{ epoch: bestEpoch, label: `best: epoch ${bestEpoch}` }];
  const x = placeEpochs(epochs, options);
  const y = {
    field: 'value',
    type: 'quantitative',
    title: metric,
    scale: { domain, nice: false },
    axis: { tickCount: 6 },
  } as const;
  const [trainingColor = ink, validationColor = ink] = seriesColors;
  const color = bySeries<string>([trainingColor, validationColor]);
  return {
    width,
    height,
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
          detail: { field: 'piece' },
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
        encoding: { x, y, color, text: { field: 'label' } },
      },
    ],
  };
}

function placeEpochs(epochs: number, { width, namesEpoch }: Pick<CurveOptions, 'width' | 'namesEpoch'>) {
  const values = chooseTicks(epochs, Math.round(width / tickDistance));
  return {
    field: 'epoch',
    type: 'quantitative',
    title: namesEpoch ? 'epoch' : null,
    scale: { domain: epochs === 1 ? [0.5, 1.5] : [1, epochs], nice: false, padding: 10 },
    // Vega thins even given ticks where there are more than these two allow.
    axis: { format: 'd', values, tickCount: 100, tickMinStep: 0.01, grid: false },
  } as const;
}

function chooseDomain(metric: 'loss' | 'accuracy', points: readonly Point[]): [low: number, high: number] {
  const values = points.map(({ value }) => value);
  if (metric === 'loss') return spanLoss(values);
  return [Math.floor(Math.min(0.9, ...values) * 10 - 1e-9) / 10, 1];
}

/** The data with a margin of 5 %; from 0 where that is no further from the data than these are from each other. */
function spanLoss(values: readonly number[]): [low: number, high: number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range = high - low;
  if (!(range > 0) || low <= range) return [0, high > 0 && Number.isFinite(high) ? high + 0.05 * (range || high) : 1];
  return [low - 0.05 * range, high + 0.05 * range];
}

/** The first epoch, and round numbers. */
function chooseTicks(epochs: number, atMost: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000].find((each) => epochs / each <= atMost) ?? epochs;
  const round = Array.from({ length: Math.floor(epochs / step) }, (_, index) => (index + 1) * step);
  return step === 1 ? round : [1, ...round];
}

/** Gives each of the two lines one value of a channel. */
function bySeries<Value>(range: Value[]) {
  return { field: 'series', scale: { domain: seriesNames, range }, legend: null };
}

interface Label extends Point {
  label: string;
}

/** The lines' names and last values beside their last points, moved apart where they would cover each other. */
function placeNames(points: Point[], [low, high]: [number, number]): Label[] {
  const ends = seriesNames.flatMap((name): Label[] => {
    const end = points.findLast(({ series }) => series === name);
    return end === undefined ? [] : [{ ...end, label: `${name} ${formatFixed(end.value, 4)}` }];
  });
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
