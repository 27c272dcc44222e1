// `cnnviz report`.

import { formatAmount } from '../../base/counts.js';
import { formatBytes, formatPath } from '../../cli/format.js';
import { defineCommand } from '../terminal/command.js';
import { REPORT_OPTIONS } from './options.js';

export const reportCommand = defineCommand({
  name: 'report',
  group: 'See what a network sees',
  summary: 'put all that the network shows of an image on one page',
  description:
    'Put all that the network shows of images on one page: an HTML file that opens anywhere, without network.',
  options: REPORT_OPTIONS,
  run: async (options) => (await import('./index.js')).report(options),
  show: ({ path, byteCount, images }, terminal) =>
    terminal.print(`Report: ${formatPath(path)} (${formatAmount(images.length, 'image')}, ${formatBytes(byteCount)})`),
});
