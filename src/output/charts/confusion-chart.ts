// A confusion matrix.

import type { ConfusionMatrix } from '../../evaluation/confusion-matrix.js';
import { namesInChart } from './chart-names.js';
import { chartStyle } from './chart-style.js';
import { limitText } from './chart-text.js';
import type { Chart } from './draw-chart.js';

/** How large the matrix should be, in pixels, and how large and small a cell may be. */
const wanted = 560;
const largestCell = 130;
const smallestCell = 14;
/** Cells this large hold a count, larger ones the share as well. */
const cellForCount = 34;
const cellForShare = 64;
/** Longer names of classes would push the matrix out of sight. */
const longestName = 160;

/** Confusion matrix: counts, colored by their share of the row. */
export function chartConfusion(matrix: ConfusionMatrix, classNames: readonly string[]): Chart {
  const cell = Math.max(smallestCell, Math.min(largestCell, Math.floor(wanted / classNames.length)));
  const values = matrix.flatMap((row, trueClass) => {
    const support = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predictedClass) => {
      const share = support === 0 ? 0 : count / support;
      return { trueClass, predictedClass, count, share, percent: support === 0 ? '' : `${(100 * share).toFixed(1)} %` };
    });
  });
  const shown = namesInChart(classNames).map((name) => limitText(name, chartStyle.axis.labelFontSize, longestName));
  const names = `${JSON.stringify(shown)}[datum.value]`;
  const axis = { labelExpr: names, domain: false, ticks: false, labelPadding: 8 };
  const x = {
    field: 'predictedClass',
    type: 'ordinal',
    title: 'predicted',
    axis: { ...axis, orient: 'top', labelAngle: cell < cellForShare ? -45 : 0 },
  } as const;
  const y = { field: 'trueClass', type: 'ordinal', title: 'true', axis } as const;
  const color = { condition: { test: 'datum.share > 0.5', value: 'white' }, value: 'black' } as const;
  const text = (field: string, dy: number, fontSize: number) => ({
    mark: { type: 'text' as const, dy, fontSize },
    encoding: { x, y, text: { field }, color },
  });
  const hasShare = cell >= cellForShare;
  return {
    data: { values },
    title: { text: 'Confusion matrix', subtitle: 'images, and share of the true class' },
    width: { step: cell },
    height: { step: cell },
    layer: [
      {
        mark: { type: 'rect', stroke: 'white', strokeWidth: cell < cellForCount ? 1 : 2 },
        encoding: {
          x,
          y,
          color: {
            field: 'share',
            type: 'quantitative',
            title: null,
            scale: { domain: [0, 1], range: ['#F4F8FC', '#08306B'], interpolate: 'lab' },
            legend: {
              format: '.0%',
              gradientLength: Math.max(80, Math.min(200, cell * classNames.length)),
              tickCount: 5,
            },
          },
        },
      },
      ...(cell < cellForCount ? [] : [text('count', hasShare ? -9 : 0, hasShare ? 18 : 13)]),
      ...(hasShare ? [text('percent', 13, 13)] : []),
    ],
    config: { axisY: { minExtent: 0, maxExtent: longestName } },
  };
}
