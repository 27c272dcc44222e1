// A confusion matrix.

import { formatPercent } from '../../base/numbers.js';
import type { ConfusionMatrix } from '../../evaluation/confusion-matrix.js';
import { namesInChart } from './chart-names.js';
import { chartStyle, ink } from './chart-style.js';
import { limitText, subtitleLines } from './chart-text.js';
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

/** The cells' colors, from a share of 0 to one of 1: mixed in sRGB between these. */
const ramp = [
  [244, 248, 252],
  [8, 48, 107],
] as const;

/** From this share on white text has more contrast than black: at least 4.5, whatever the share. */
const whiteAbove = findWhiteAbove();

function findWhiteAbove(): number {
  const steps = 1000;
  // Black and white are equally far from a luminance of sqrt(1.05 * 0.05) - 0.05.
  const isDark = (share: number) => (luminanceAt(share) + 0.05) ** 2 < 1.05 * 0.05;
  return Array.from({ length: steps }, (_, step) => step / steps).find(isDark) ?? 1;
}

/** Relative luminance of a share's color, as WCAG 2 defines it. */
function luminanceAt(share: number): number {
  const [light, dark] = ramp;
  const weights = [0.2126, 0.7152, 0.0722];
  return light.reduce<number>((sum, from, channel) => {
    const value = (from + share * ((dark[channel] as number) - from)) / 255;
    const linear = value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    return sum + linear * (weights[channel] as number);
  }, 0);
}

function toHex(color: readonly number[]): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Confusion matrix: counts, colored by their share of the row.
 *
 * @param source of which network on which images, in words
 */
export function chartConfusion(
  matrix: ConfusionMatrix,
  classNames: readonly string[],
  source: readonly string[],
): Chart {
  const cell = Math.max(smallestCell, Math.min(largestCell, Math.floor(wanted / classNames.length)));
  const values = matrix.flatMap((row, trueClass) => {
    const support = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predictedClass) => {
      const share = support === 0 ? 0 : count / support;
      return { trueClass, predictedClass, count, share, percent: support === 0 ? '' : formatPercent(share) };
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
  const color = { condition: { test: `datum.share > ${whiteAbove}`, value: 'white' }, value: 'black' } as const;
  const text = (content: { field: string; type?: 'quantitative'; format?: string }, dy: number, fontSize: number) => ({
    mark: { type: 'text' as const, dy, fontSize },
    encoding: { x, y, text: content, color },
  });
  const count = { field: 'count', type: 'quantitative', format: ',' } as const;
  const hasShare = cell >= cellForShare;
  return {
    data: { values },
    title: {
      text: 'Confusion matrix',
      subtitle: subtitleLines(
        source,
        `${hasShare ? 'images, and their share' : 'images; color: share'} of the true class; framed: right`,
      ),
    },
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
            scale: { domain: [0, 1], range: ramp.map(toHex), interpolate: 'rgb' },
            // Where the cells have their shares in numbers, a legend says nothing.
            legend: hasShare
              ? null
              : {
                  labelExpr: "format(100 * datum.value, 'd') + ' %'",
                  gradientLength: Math.max(80, Math.min(200, cell * classNames.length)),
                  tickCount: 5,
                },
          },
        },
      },
      {
        transform: [{ filter: 'datum.trueClass === datum.predictedClass' }],
        mark: { type: 'rect', fillOpacity: 0, stroke: ink, strokeWidth: cell < cellForCount ? 1.5 : 2.5 },
        encoding: { x, y },
      },
      ...(cell < cellForCount ? [] : [text(count, hasShare ? -9 : 0, hasShare ? 18 : 13)]),
      ...(hasShare ? [text({ field: 'percent' }, 13, 13)] : []),
    ],
    config: { axisY: { minExtent: 0, maxExtent: longestName } },
  };
}
