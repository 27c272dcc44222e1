import { formatAmount, formatCount } from '../../base/counts.js';
import { formatPath, formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import type { ChannelPatches, PatchReport } from '../../patches/report.js';
import type { PatchesResult } from './result.js';

/** Channels that a line names. */
const NAMED = 3;

/** Prints what was found: a line for each layer. */
export function showPatches({ report, out, imageCount }: PatchesResult, terminal: Terminal): void {
  if (report === undefined) {
    terminal.print(`${formatAmount(imageCount, 'image')} measured, ready to merge: ${formatPath(out)}`);
    return;
  }
  const isBroken = ({ nonFiniteImageCount }: ChannelPatches) => nonFiniteImageCount > 0;
  const anyBroken = report.layers.some(({ channels }) => channels.some(isBroken));
  const rows = report.layers.map(({ name, channels, field }) => [
    name,
    formatCount(channels.length),
    field === null ? 'may be everything' : `${field.height} x ${field.width}`,
    formatCount(channels.filter((each) => each.patches.length === 0 && !isBroken(each)).length),
    ...(anyBroken ? [formatCount(channels.filter(isBroken).length)] : []),
    channels
      .slice(0, NAMED)
      .map((channel) => describeChannel(channel, report))
      .join(', '),
  ]);
  terminal.print();
  const broken = anyBroken ? ['NaN or infinity'] : [];
  const header = ['layer', 'channels', 'a value sees', 'silent', ...broken, 'first channels'];
  for (const line of formatTable([header, ...rows])) terminal.print(line);
  terminal.print();
  terminal.print(`Results: ${formatPath(out)}`);
}

function describeChannel({ channel, tells, auc }: ChannelPatches, { classes }: PatchReport): string {
  const named = tells === null ? undefined : classes[tells]?.className;
  return named === undefined ? String(channel) : `${channel} (${named}, AUC ${auc?.toFixed(2)})`;
}
