// The learning rate of a run's epochs, below its curves.

import { ink } from './chart-style.js';
import type { Panel } from './draw-chart.js';

/** Rates further apart than this factor are drawn on a logarithmic scale. */
const linearWithin = 20;

/**
 * A strip of the learning rate over the epochs.
 *
 * @param x the axis of epochs, as the panels above have it
 */
export function chartLearningRate(
  points: readonly { epoch: number; value: number }[],
  x: object,
  width: number,
): Panel {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const isLogarithmic = low > 0 && high / low > linearWithin;
  return {
    width,
    height: 70,
    data: { values: [...points] },
    mark: { type: 'line', strokeWidth: 2, color: ink },
    encoding: {
      x,
      y: {
        field: 'value',
        type: 'quantitative',
        title: 'learning rate',
        scale: isLogarithmic ? { type: 'log', nice: true } : { domain: [0, high], nice: true },
        axis: {
          ...(isLogarithmic ? { values: listPowers(low, high) } : { tickCount: 3 }),
          labelExpr: "replace(format(datum.value, '~e'), '-', '\u2212')",
        },
      },
    },
  };
}

/** The powers of ten around some numbers. */
function listPowers(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}
