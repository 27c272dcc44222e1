// `cnnviz kernels`.

import { formatNumber, formatPercent } from '../../base/numbers.js';
import { formatShape } from '../../cli/format.js';
import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import type { EventDescribers } from '../terminal/event-line.js';
import { inColumn } from '../terminal/in-column.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import type { KernelsEvent } from './events.js';
import { KERNELS_OPTIONS } from './options.js';

const kernelsDescribers: EventDescribers<KernelsEvent> = {
  kernels: ({ name, shape, ranking }) => [
    { kind: 'result', text: inColumn(name, `${formatShape(shape)}${ranking ? describeRanking(ranking) : ''}`) },
  ],
};

function describeRanking({ by, median, largest }: NonNullable<KernelsEvent['ranking']>): string {
  const format = by === 'change' ? formatPercent : formatNumber;
  const what = by === 'change' ? 'changed since the start by' : 'length';
  return `, ${what} ${format(median)} (median) to ${format(largest)}`;
}

export const kernelsCommand = defineCommand({
  name: 'kernels',
  group: 'See what a network sees',
  summary: 'draw what the convolutions have learned',
  description:
    'Draw the kernels of the first convolution, in color too, and of each later one those that changed most since the start.',
  options: { ...KERNELS_OPTIONS, ...section('Output', OPEN_OPTION) },
  describeEvents: () => kernelsDescribers,
  run: async (options) => (await import('./index.js')).kernels(options),
  findView: ({ folder }) => folder,
});
