import { formatAmount, formatCount } from '../../base/counts.js';
import { formatPercent } from '../../base/numbers.js';
import { formatPath, formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import type { ChannelsResult } from './result.js';

/** Prints a channel report: a line for each layer, and the verdict. */
export function showChannels({ report, out, imageCount }: ChannelsResult, terminal: Terminal): void {
  if (report === undefined) {
    terminal.print(`${formatAmount(imageCount, 'image')} measured, ready to merge: ${formatPath(out)}`);
    return;
  }
  const header = [
    'layer',
    'channels',
    'at 0',
    'silent',
    'dead',
    'nearly dead',
    'saturated',
    'duplicate',
    'best AUC',
    'median AUC',
  ];
  const rows = report.layers.map((layer) => [
    layer.name,
    formatCount(layer.channels.length),
    formatPercent(layer.sparsity),
    formatPercent(layer.silentFraction),
    formatCount(layer.deadCount),
    formatCount(layer.nearlyDeadCount),
    formatCount(layer.saturatedCount),
    layer.duplicates === null ? '-' : formatCount(layer.duplicates.length),
    layer.separation?.best.toFixed(3) ?? '-',
    layer.separation?.median.toFixed(3) ?? '-',
  ]);
  terminal.print();
  for (const line of formatTable([header, ...rows], 1)) terminal.print(line);
  terminal.print();
  for (const sentence of report.verdict) terminal.print(sentence);
  terminal.print();
  terminal.print(`Results: ${formatPath(out)}`);
}
