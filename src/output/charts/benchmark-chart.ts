// Methods of explanation against maps that explain nothing.

import type { MeanInterval } from '../../evaluation/mean-interval.js';
import { ink, secondaryInk, seriesColors } from './chart-style.js';
import { subtitleLines } from './chart-text.js';
import type { Chart } from './draw-chart.js';

/** A method, or a control, in the metric that decides. */
export interface BenchmarkRow {
  name: string;
  kind: keyof typeof kindColors;
  value: MeanInterval;
  /** of a method: the mean map of other images, and the method over its strongest control */
  meanMap?: number;
  difference?: MeanInterval;
}

const kindColors = {
  trusted: seriesColors[0] as string,
  'ignores weights': seriesColors[1] as string,
  'at chance': seriesColors[7] as string,
  control: ink,
};

const rowHeight = 24;

/**
 * A row for each method and control: its mean with the 95 % interval and the mean map of other images beside it; and how far it is over
 * its strongest control. The highest methods first, then the controls.
 *
 * @param metric what decides, in words
 * @param source of which network on which images, in words
 */
export function chartBenchmark(rows: readonly BenchmarkRow[], metric: string, source: readonly string[]): Chart {
  const isControl = ({ kind }: BenchmarkRow) => Number(kind === 'control');
  const sorted = [...rows].sort((a, b) => isControl(a) - isControl(b) || b.value.mean - a.value.mean);
  const names = sorted.map(({ name }) => name);
  const kinds = Object.keys(kindColors).filter((kind) => rows.some((row) => row.kind === kind));
  const color = {
    field: 'kind',
    type: 'nominal',
    scale: { domain: kinds, range: kinds.map((kind) => kindColors[kind as keyof typeof kindColors]) },
    legend: { title: null, orient: 'bottom', symbolType: 'circle', symbolSize: 90 },
  } as const;
  const y = { field: 'name', type: 'nominal', scale: { domain: names }, title: null } as const;
  const values = sorted.map(({ name, kind, value, meanMap, difference }) => {
    const over = difference && { over: difference.mean, overLow: difference.low, overHigh: difference.high };
    return { name, kind, ...value, ...(meanMap !== undefined && { meanMap }), ...over };
  });
  const rest = { width: 360, height: rowHeight * rows.length };
  return {
    data: { values },
    title: {
      text: 'Which explanations to trust on this network',
      subtitle: subtitleLines(source, 'lines: 95 % intervals of each alone; crosses: the mean map of other images'),
    },
    hconcat: [
      { ...rest, layer: [...drawMeans({ y, color }, metric), drawMeanMaps(y)] },
      { ...rest, layer: drawDifferences({ y: { ...y, axis: null }, color }) },
    ],
    config: { axisY: { minExtent: 0, maxExtent: 400 } },
  } as Chart;
}

const quantity = (field: string, title: string) => ({ field, type: 'quantitative', title }) as const;

function drawMeans(rows: object, metric: string) {
  return [
    {
      mark: { type: 'rule', strokeWidth: 2 },
      encoding: { ...rows, x: quantity('low', metric), x2: { field: 'high' } },
    },
    { mark: { type: 'point', filled: true, size: 70, opacity: 1 }, encoding: { ...rows, x: quantity('mean', metric) } },
  ];
}

function drawMeanMaps(y: object) {
  return {
    transform: [{ filter: 'isValid(datum.meanMap)' }],
    mark: { type: 'point', shape: 'cross', filled: true, size: 44, color: secondaryInk, opacity: 1 },
    encoding: { y, x: { field: 'meanMap', type: 'quantitative' } },
  };
}

function drawDifferences(rows: object) {
  const title = 'over the strongest control';
  const transform = [{ filter: 'isValid(datum.over)' }];
  return [
    { data: { values: [{}] }, mark: { type: 'rule', color: ink, strokeDash: [2, 4] }, encoding: { x: { datum: 0 } } },
    {
      transform,
      mark: { type: 'rule', strokeWidth: 2 },
      encoding: { ...rows, x: quantity('overLow', title), x2: { field: 'overHigh' } },
    },
    {
      transform,
      mark: { type: 'point', filled: true, size: 70, opacity: 1 },
      encoding: { ...rows, x: quantity('over', title) },
    },
  ];
}
