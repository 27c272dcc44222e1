// `cnnviz groups`.

import { formatCount } from '../../base/counts.js';
import { formatPercent } from '../../base/numbers.js';
import { formatPath, formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import type { ChannelGroup, GroupReport } from '../../groups/report.js';
import { section } from '../../options/option.js';
import { describeChance, describeShares } from '../../output/group-words.js';
import { defineCommand } from '../terminal/command.js';
import { silentFiles } from '../terminal/event-line.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { GROUPS_OPTIONS } from './options.js';
import type { GroupsResult } from './result.js';

/** Channels that a line names. */
const NAMED = 5;

export const groupsCommand = defineCommand({
  name: 'groups',
  group: 'See what a network sees',
  summary: 'group the channels of a layer that fire together',
  description:
    'Group the channels of a layer that fire together on a folder of images (non-negative matrix factorization): each group in a ' +
    'color over images, with the patches where it is strongest, its channels, and how much of the activity the groups explain.',
  options: { ...GROUPS_OPTIONS, ...section('Output', OPEN_OPTION) },
  run: async (options) => (await import('./index.js')).groups(options),
  findView: ({ out }) => out,
  describeEvents: () => silentFiles,
  show: showGroups,
});

function showGroups({ out, report }: GroupsResult, terminal: Terminal): void {
  for (const layer of report.layers) {
    const { name, groups } = layer;
    terminal.print();
    terminal.print(`${name}: ${describeShares(layer)}`);
    const byChance = describeChance(layer);
    if (byChance !== undefined) terminal.print(byChance);
    if (groups.length === 0) continue;
    const header = ['group', 'part', 'found again', 'class', 'channels'];
    for (const line of formatTable([header, ...groups.map((group) => describeGroup(group, report))]))
      terminal.print(line);
  }
  terminal.print();
  terminal.print(`Results: ${formatPath(out)}`);
}

function describeGroup(
  { number, part, recurrence, tells, auc, channels }: ChannelGroup,
  { classes }: GroupReport,
): string[] {
  const named = tells === null ? undefined : classes[tells]?.className;
  const more = channels.length - NAMED;
  return [
    String(number),
    formatPercent(part),
    recurrence.toFixed(2),
    named === undefined ? '-' : `${named}, AUC ${auc?.toFixed(2)}`,
    channels
      .slice(0, NAMED)
      .map(({ channel }) => channel)
      .join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : ''),
  ];
}
