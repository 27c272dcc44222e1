// Accuracy against confidence.

import type { Calibration, CalibrationBin } from '../../evaluation/calibration.js';
import { type Interval, wilsonInterval } from '../../evaluation/wilson-interval.js';
import { ink, seriesColors } from './chart-style.js';
import { subtitleLines } from './chart-text.js';
import type { Chart, Panel } from './draw-chart.js';

const width = 420;

const x2 = { field: 'to' };
const y = {
  field: 'accuracy',
  type: 'quantitative',
  scale: { domain: [0, 1] as [number, number], nice: false },
  title: 'accuracy',
} as const;
const explanation = [
  'bars: accuracy of a bin; circles: at its mean confidence',
  'lines: 95 % confidence interval; dotted: perfect calibration',
];

/** The horizontal axis: confidences. */
type Axis = ReturnType<typeof placeConfidences>;

/**
 * How often the network was right against how sure it was, over how many images were as sure. The most probable of some classes
 * has at least their number's reciprocal: the axis and the first bin begin there.
 *
 * @param source of which network on which images, in words
 */
export function chartReliability(
  { bins, expectedError }: Calibration,
  classCount: number,
  source: readonly string[],
): Chart {
  const lowest = 1 / classCount;
  const x = placeConfidences(lowest);
  return {
    data: {
      values: bins.flatMap((bin) => addInterval({ ...bin, from: Math.max(bin.from, Math.min(lowest, bin.to)) })),
    },
    title: {
      text: 'Reliability diagram',
      subtitle: subtitleLines(
        source,
        `expected calibration error ${expectedError.toFixed(4)}, ${bins.length} bins of equal width`,
        ...explanation,
      ),
    },
    spacing: 22,
    vconcat: [chartAccuracies(x), chartCounts(x)],
  };
}

/** From the last tenth that no confidence lies below. */
function placeConfidences(lowest: number) {
  const start = Math.floor(10 * lowest + 1e-9);
  const step = start < 4 ? 2 : 1;
  const values = Array.from({ length: 11 }, (_, tenth) => tenth).filter(
    (tenth) => tenth >= start && tenth % step === 0,
  );
  const scale = { domain: [start / 10, 1], nice: false };
  const axis = { grid: false, values: values.map((tenth) => tenth / 10), format: '.1f' };
  return { field: 'from', type: 'quantitative', scale, title: null, axis } as const;
}

/** A bin with the interval of its accuracy; none where it has no images. */
function addInterval(bin: CalibrationBin): (CalibrationBin & Interval)[] {
  if (bin.accuracy === null) return [];
  return [{ ...bin, ...wilsonInterval(Math.round(bin.accuracy * bin.count), bin.count) }];
}

function chartAccuracies(x: Axis): Panel {
  const [start] = x.scale.domain as [number, number];
  return {
    width,
    height: 360,
    layer: [
      {
        mark: { type: 'rect', color: seriesColors[5] ?? ink, stroke: ink, strokeWidth: 1 },
        encoding: { x, x2, y, y2: { datum: 0 } },
      },
      {
        data: { values: [start, 1].map((from) => ({ from, accuracy: from })) },
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

function chartCounts(x: Axis): Panel {
  return {
    width,
    height: 90,
    mark: { type: 'rect', color: '#B8B8C0', stroke: ink, strokeWidth: 1 },
    encoding: {
      x: { ...x, title: 'confidence: probability of the predicted class' },
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
