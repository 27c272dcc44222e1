// An assessment's charts.

import type { Assessment } from '../evaluation/assess.js';
import { areaUnderRoc, traceRoc } from '../evaluation/roc.js';
import type { Scores } from '../evaluation/scores.js';
import { encodePng } from '../rendering/png.js';
import type { ResultFile } from './activation-files.js';
import { chartConfusion } from './charts/confusion-chart.js';
import { drawChart } from './charts/draw-chart.js';
import { chartReliability } from './charts/reliability-chart.js';
import { chartRoc } from './charts/roc-chart.js';
import type { PictureSource } from './picture-source.js';

/** The charts of an assessment. Without images of two classes there is no ROC curve. */
export async function drawAssessment(
  scores: Scores,
  { confusionMatrix, calibration }: Assessment,
  classNames: readonly string[],
  { words, texts }: PictureSource,
): Promise<ResultFile[]> {
  const curves = classNames.flatMap((className, index) => {
    // Of two classes one is the other's mirror image.
    const points = classNames.length === 2 && index === 0 ? undefined : traceRoc(scores, index);
    return points === undefined ? [] : [{ className, points, area: areaUnderRoc(points) }];
  });
  const charts = [
    { name: 'confusion-matrix.png', chart: chartConfusion(confusionMatrix, classNames, words) },
    ...(curves.length === 0 ? [] : [{ name: 'roc.png', chart: chartRoc(curves, classNames, words) }]),
    { name: 'reliability.png', chart: chartReliability(calibration, classNames.length, words) },
  ];
  const files: ResultFile[] = [];
  for (const { name, chart } of charts) files.push({ name, content: encodePng(await drawChart(chart), texts) });
  return files;
}
