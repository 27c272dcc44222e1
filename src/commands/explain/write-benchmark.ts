// Writes the results folder of a benchmark.

import { formatCsv } from '../../base/csv.js';
import type { PictureSource } from '../../output/picture-source.js';
import type { EventListener } from '../shared/events.js';
import { describeProvenance, writeResults } from '../shared/image-results.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { BenchmarkReport, BenchmarkResult, MeanMetrics } from './benchmark-result.js';
import { drawBenchmark } from './draw-benchmark.js';
import { benchmarkName } from './find-benchmark.js';

const chartName = 'benchmark.png';

/** @throws CnnvizError NOT_WRITABLE, DISK_FULL */
export async function writeBenchmark(
  out: string,
  report: BenchmarkReport,
  {
    trained,
    options,
    data,
    source,
    onEvent,
  }: {
    trained: TrainedNetwork;
    options: object;
    data: { path: string; split: string | null; imageCount: number };
    /** the network and the images, as the chart says them */
    source: PictureSource;
    onEvent: EventListener;
  },
): Promise<BenchmarkResult> {
  const { preprocessing } = trained;
  const provenance = {
    ...describeProvenance('cnnviz-benchmark-folder', trained, { options, preprocessing }),
    data,
  };
  const { files } = await writeResults({ folder: out }, { provenance, onEvent }, async (folder) => {
    await folder.write(benchmarkName, `${JSON.stringify(report, null, 2)}\n`);
    await folder.write('benchmark.csv', formatBenchmark(report));
    await folder.write(chartName, await drawBenchmark(report, source));
    return { files: [benchmarkName, 'benchmark.csv', chartName] };
  });
  return { out, files, report };
}

const metricNames = ['head', 'pointing', 'twinDifference', 'blur', 'mean'] as const satisfies (keyof MeanMetrics)[];

function formatBenchmark({ methods, controls }: BenchmarkReport): string {
  const metricsOf = (metrics: MeanMetrics) => metricNames.map((name) => metrics[name]?.mean ?? null);
  const header = [
    ...['method', 'layer', ...metricNames, 'mean map', 'strongest control', 'difference', 'low', 'high', 'p (Holm)'],
    ...['redrawn last', 'redrawn after maps', 'redrawn all', 'cpu ms', 'verdict'],
  ];
  const rows = methods.map((each) => [
    ...[each.method, each.layer, ...metricsOf(each.metrics), each.meanMap.mean, each.strongest],
    ...[each.difference.mean, each.difference.low, each.difference.high, each.adjustedP],
    ...[
      ...[each.redrawn.last, each.redrawn.afterMaps, each.redrawn.all].map(({ signed, sizes }) =>
        Math.max(signed, sizes),
      ),
    ],
    ...[each.cpuMilliseconds, each.verdict],
  ]);
  const others = controls.map(({ control, layer = '', metrics }) => [
    ...[control, layer, ...metricsOf(metrics)],
    ...Array.from({ length: header.length - 2 - metricNames.length }, () => null),
  ]);
  return formatCsv([header, ...rows, ...others]);
}
