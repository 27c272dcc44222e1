// Accuracy against confidence.

import type { Calibration, CalibrationBin } from '../../evaluation/calibration.js';
import { type Interval, wilsonInterval } from '../../evaluation/wilson-interval.js';
import { ink, seriesColors } from './chart-style.js';
import type { Chart, Panel } from './draw-chart.js';

const width = 420;

const scale = { domain: [0, 1], nice: false };
const x = { field: 'from', type: 'quantitative', scale, title: null } as const;
const x2 = { field: 'to' };
const axis = { grid: false, values: [0, 0.2, 0.4, 0.6, 0.8, 1] };
const y = { field: 'accuracy', type: 'quantitative', scale, title: 'accuracy' } as const;
const explanation = [
  'bars: accuracy of a bin; circles: at its mean confidence',
  'lines: 95 % confidence interval; dotted: perfect calibration',
];

/** How often the network was right against how sure it was, over how many images were as sure. */
export function chartReliability({ bins, expectedError }: Calibration): Chart {
  return {
    data: { values: bins.flatMap(addInterval) },
    title: {
      text: 'Reliability diagram',
      subtitle: [
        `expected calibration error ${expectedError.toFixed(4)}, ${bins.length} bins of equal width`,
        ...explanation,
      ],
    },
    spacing: 22,
    vconcat: [chartAccuracies(), chartCounts()],
  };
}

/** A bin with the interval of its accuracy; none where it has no images. */
function addInterval(bin: CalibrationBin): (CalibrationBin & Interval)[] {
  if (bin.accuracy === null) return [];
  return [{ ...bin, ...wilsonInterval(Math.round(bin.accuracy * bin.count), bin.count) }];
}

function chartAccuracies(): Panel {
  return {
    width,
    height: 360,
    layer: [
      {
        mark: { type: 'rect', color: seriesColors[5] ?? ink, stroke: ink, strokeWidth: 1 },
        encoding: { x: { ...x, axis }, x2, y, y2: { datum: 0 } },
      },
      {
        data: { values: [0, 1].map((from) => ({ from, accuracy: from })) },
        mark: { type: 'line', color: ink, strokeDash: [2, 4] },
        encoding: { x, y },
      },
      {
        mark: { type: 'rule', color: ink, strokeWidth: 1.6 },
        encoding: { x: { ...x, field: 'confidence' }, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'point', shape: 'circle', size: 44, fill: 'white', stroke: ink, strokeWidth: 1.6, opacity: 1 },
        encoding: { x: { ...x, field: 'confidence' }, y },
      },
    ],
  };
}

function chartCounts(): Panel {
  return {
    width,
    height: 90,
    mark: { type: 'rect', color: '#B8B8C0', stroke: ink, strokeWidth: 1 },
    encoding: {
      x: { ...x, axis, title: 'confidence: probability of the predicted class' },
      x2,
      y: {
        field: 'count',
        type: 'quantitative',
        title: 'images',
        axis: { tickCount: 3, format: ',d', tickMinStep: 1 },
      },
      y2: { datum: 0 },
    },
  };
}
