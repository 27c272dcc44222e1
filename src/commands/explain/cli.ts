// `cnnviz explain`.

import { defineCommand } from '../terminal/command.js';
import { EXPLAIN_OPTIONS } from './options.js';

export const explainCommand = defineCommand({
  name: 'explain',
  group: 'See what a network sees',
  summary: 'show where in an image the evidence for a class lies',
  description: 'Show where in an image the network finds evidence for each class, as a HiResCAM or Grad-CAM overlay.',
  options: EXPLAIN_OPTIONS,
  run: async (options) => (await import('./index.js')).explain(options),
});
