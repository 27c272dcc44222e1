// `cnnviz summary`.

import { defineCommand } from '../terminal/command.js';
import { formatSummary } from './cli-result.js';
import { SUMMARY_OPTIONS } from './options.js';

export const summaryCommand = defineCommand({
  name: 'summary',
  group: 'Train',
  summary: "print a network's layers, shapes and parameters",
  description: "Print a network's layers, shapes and parameters: of a saved one, or of the one that train would build.",
  options: SUMMARY_OPTIONS,
  run: async (options) => (await import('./index.js')).summary(options),
  show(result, terminal) {
    for (const line of formatSummary(result)) terminal.print(line);
  },
});
