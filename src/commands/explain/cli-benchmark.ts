// Prints a benchmark of explanations.

import { formatAmount } from '../../base/counts.js';
import { formatFixed, formatPercent } from '../../base/numbers.js';
import { formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import type { MeanInterval } from '../../evaluation/mean-interval.js';
import { getMethod } from '../../explain/methods.js';
import type { BenchmarkedMethod, BenchmarkReport, BenchmarkResult, MeanMetrics } from './benchmark-result.js';

const metricTitles = {
  head: 'in the head',
  pointing: 'points',
  twinDifference: 'where the twin differs',
  blur: 'ins - del (blurred)',
  mean: 'ins - del (mean color)',
} as const satisfies Record<keyof MeanMetrics, string>;

const controlNames = { random: 'random map', gaussian: 'blob in the middle', edges: 'edge filter' };
const verdicts = { trusted: 'trusted', atChance: 'at chance', ignoresWeights: 'ignores weights' };

/** Prints a row for each method and each control, and the verdict. */
export function showBenchmark({ report }: BenchmarkResult, terminal: Terminal): void {
  const { imageCount, headShare, twins } = report;
  const head = headShare === undefined ? '' : `; the head covers ${formatPercent(headShare)}`;
  const turned = twins === undefined ? '' : `; ${twins.turned} of ${twins.count} twins change the answer`;
  terminal.print();
  terminal.print(
    `${formatAmount(imageCount, 'image')}${head}${turned}. Means; +: over the strongest control, with the 95 % interval of each method alone (the verdict is corrected for their number).`,
  );
  for (const line of formatTable(listRows(report), 2)) terminal.print(line);
  terminal.print();
  for (const sentence of report.verdict) terminal.print(sentence);
}

function listRows({ methods, controls }: BenchmarkReport): string[][] {
  const shown = (Object.keys(metricTitles) as (keyof MeanMetrics)[]).filter((name) => methods[0]?.metrics[name]);
  const metricsOf = (metrics: MeanMetrics) => shown.map((name) => formatFixed(metrics[name]?.mean ?? 0, 2));
  const header = ['map', 'layer', ...shown.map((name) => metricTitles[name]), 'mean map', '+', 'redrawn', 'ms', ''];
  return [
    header,
    ...methods.map((each) => [
      ...[getMethod(each.method).title, each.layer, ...metricsOf(each.metrics)],
      ...[formatFixed(each.meanMap.mean, 2), formatInterval(each.difference), formatRedrawn(each)],
      ...[formatFixed(each.cpuMilliseconds, 0), verdicts[each.verdict]],
    ]),
    ...controls.map(({ control, layer = '', metrics }) => [
      ...[controlNames[control], layer, ...metricsOf(metrics)],
      ...['', '', '', '', ''],
    ]),
  ];
}

function formatInterval({ mean, low, high }: MeanInterval): string {
  return `${formatFixed(mean, 2)} (${formatFixed(low, 2)} to ${formatFixed(high, 2)})`;
}

/** Signed, of sizes: whichever is the higher decides. */
function formatRedrawn({ redrawn: { afterMaps } }: BenchmarkedMethod): string {
  return formatFixed(Math.max(afterMaps.signed, afterMaps.sizes), 2);
}
