// `cnnviz kernels`.

import { formatShape } from '../../cli/format.js';
import { defineCommand } from '../terminal/command.js';
import type { EventDescribers } from '../terminal/event-line.js';
import { inColumn } from '../terminal/in-column.js';
import type { KernelsEvent } from './events.js';
import { KERNELS_OPTIONS } from './options.js';

const kernelsDescribers: EventDescribers<KernelsEvent> = {
  kernels: ({ name, shape }) => [{ kind: 'result', text: inColumn(name, formatShape(shape)) }],
};

export const kernelsCommand = defineCommand({
  name: 'kernels',
  group: 'See what a network sees',
  summary: 'draw what the convolutions have learned',
  description: "Draw every convolution's kernels as tiles around 0, and the first layer's in color.",
  options: KERNELS_OPTIONS,
  describeEvents: () => kernelsDescribers,
  run: async (options) => (await import('./index.js')).kernels(options),
});
