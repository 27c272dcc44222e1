// The chart of a benchmark.

import { getMethod } from '../../explain/methods.js';
import { type BenchmarkRow, chartBenchmark } from '../../output/charts/benchmark-chart.js';
import { drawChart } from '../../output/charts/draw-chart.js';
import type { PictureSource } from '../../output/picture-source.js';
import { encodePng } from '../../rendering/png.js';
import type { BenchmarkReport } from './benchmark-result.js';
import { nameSubject } from './describe-verdict.js';

const kinds = { trusted: 'trusted', atChance: 'at chance', ignoresWeights: 'ignores weights' } as const;

/** Every method and control in the metric that decides. @param source the network, and the images */
export async function drawBenchmark(
  { methods, controls, decides }: Pick<BenchmarkReport, 'methods' | 'controls' | 'decides'>,
  { words, texts }: PictureSource,
): Promise<Uint8Array> {
  const rows = [
    ...methods.map(
      (each): BenchmarkRow => ({
        name: getMethod(each.method).of === 'windows' ? getMethod(each.method).title : nameSubject(each),
        kind: kinds[each.verdict],
        value: each.decisive,
        meanMap: each.meanMap.mean,
        difference: each.difference,
      }),
    ),
    ...controls.map(({ control, layer, decisive }): BenchmarkRow => {
      return { name: nameControl(control, layer), kind: 'control', value: decisive };
    }),
  ];
  const metric = decides === 'head' ? 'evidence inside the head' : 'insertion minus deletion';
  return encodePng(await drawChart(chartBenchmark(rows, metric, words)), texts);
}

function nameControl(control: BenchmarkReport['controls'][number]['control'], layer: string | undefined): string {
  if (control === 'random') return `random map, as coarse as ${layer}`;
  return control === 'gaussian' ? 'blob in the middle' : 'edge filter';
}
