// `cnnviz report`.

import { formatAmount } from '../../base/counts.js';
import { formatBytes, formatPath } from '../../cli/format.js';
import { defineCommand } from '../terminal/command.js';
import { REPORT_OPTIONS } from './options.js';

export const reportCommand = defineCommand({
  name: 'report',
  group: 'See what a network sees',
  summary: 'write a one-page HTML report for images',
  description:
    'Write everything that the network shows about images to one HTML file, which opens anywhere without a network.',
  options: REPORT_OPTIONS,
  run: async (options) => (await import('./index.js')).report(options),
  show: ({ path, byteCount, images }, terminal) =>
    terminal.print(`Report: ${formatPath(path)} (${formatAmount(images.length, 'image')}, ${formatBytes(byteCount)})`),
});
