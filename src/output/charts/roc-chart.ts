// ROC curves.

import { formatCount } from '../../base/counts.js';
import type { RocPoint } from '../../evaluation/roc.js';
import { namesInChart } from './chart-names.js';
import { secondaryInk, seriesColors, seriesDashes } from './chart-style.js';
import { subtitleLines } from './chart-text.js';
import type { Chart } from './draw-chart.js';

/** The curve of one class against the rest, and the area below it. */
export interface RocCurve {
  className: string;
  points: readonly RocPoint[];
  /** 0..1 */
  area: number;
}

/** Rates nearer than this to the last point drawn would not show. */
const resolution = 1 / 1000;

/**
 * ROC curves with the diagonal of a guess. Of more classes than there are colors, those with the smallest area are drawn.
 *
 * @param curves of the classes in question: of two classes one is enough
 * @param classNames of all classes
 * @param source of which network on which images, in words
 */
export function chartRoc(curves: readonly RocCurve[], classNames: readonly string[], source: readonly string[]): Chart {
  const drawn = [...curves].sort((a, b) => a.area - b.area).slice(0, seriesColors.length);
  const inOrder = curves.filter((curve) => drawn.includes(curve));
  const names = namesInChart(inOrder.map(({ className }) => className));
  const labels = inOrder.map(({ area }, index) => `${names[index]}, area ${area.toFixed(4)}`);
  const values = inOrder.flatMap(({ points }, index) =>
    thin(points).map((point, order) => ({ ...point, order, series: labels[index] as string })),
  );
  const scale = { domain: [0, 1], nice: false };
  const x = {
    field: 'falsePositiveRate',
    type: 'quantitative',
    title: 'false positive rate: other classes mistaken for this one',
    scale,
  } as const;
  const y = {
    field: 'truePositiveRate',
    type: 'quantitative',
    title: 'true positive rate: this class recognized',
    scale,
  } as const;
  const legend = { title: null, orient: 'bottom', columns: 1, direction: 'vertical', offset: 16 } as const;
  return {
    title: {
      text: curves.length === 1 ? 'ROC curve' : 'ROC curves',
      subtitle: subtitleLines(source, describeCurves(drawn.length, curves, classNames)),
    },
    width: 420,
    height: 420,
    layer: [
      {
        data: { values: [0, 1].map((rate) => ({ falsePositiveRate: rate, truePositiveRate: rate })) },
        mark: { type: 'line', color: secondaryInk, strokeDash: [2, 4] },
        encoding: { x, y },
      },
      {
        data: { values: [{ falsePositiveRate: 0.72, truePositiveRate: 0.7 }] },
        mark: { type: 'text', text: 'guessing', align: 'left', baseline: 'top', color: secondaryInk },
        encoding: { x, y },
      },
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2.2, strokeJoin: 'round' },
        encoding: {
          x,
          y,
          order: { field: 'order' },
          color: { field: 'series', scale: { domain: labels, range: seriesColors.slice(0, labels.length) }, legend },
          strokeDash: {
            field: 'series',
            scale: { domain: labels, range: seriesDashes.slice(0, labels.length) },
            legend,
          },
        },
      },
    ],
  };
}

function describeCurves(drawnCount: number, curves: readonly RocCurve[], classNames: readonly string[]): string {
  const [first] = curves;
  if (curves.length === 1 && first !== undefined) {
    const shown = namesInChart(classNames);
    const index = classNames.indexOf(first.className);
    const others = classNames.length === 2 ? shown[1 - index] : 'all other classes';
    return `${shown[index]} against ${others}`;
  }
  const which =
    drawnCount === curves.length
      ? 'each class'
      : `the ${drawnCount} of ${formatCount(curves.length)} classes with the smallest area, each`;
  return `${which} against all others`;
}

/** A curve through 100,000 images has corners that no eye sees. */
function thin(points: readonly RocPoint[]): RocPoint[] {
  const kept: RocPoint[] = [];
  points.forEach((point, index) => {
    const last = kept.at(-1);
    const isNear =
      last !== undefined &&
      point.falsePositiveRate - last.falsePositiveRate < resolution &&
      point.truePositiveRate - last.truePositiveRate < resolution;
    if (!isNear || index === points.length - 1) kept.push(point);
  });
  return kept;
}
