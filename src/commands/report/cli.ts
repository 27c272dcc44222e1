// `cnnviz report`.

import { formatAmount } from '../../base/counts.js';
import { formatBytes, formatPath } from '../../cli/format.js';
import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { OPEN_OPTION, VERBOSE_OPTION } from '../terminal/view-options.js';
import { REPORT_OPTIONS } from './options.js';

export const reportCommand = defineCommand({
  name: 'report',
  group: 'See what a network sees',
  summary: 'write a one-page HTML report for images',
  description:
    'Write everything that the network shows about images to one HTML file, which opens anywhere without a network.',
  options: { ...REPORT_OPTIONS, ...section('Page', { ...VERBOSE_OPTION, ...OPEN_OPTION }) },
  findMisuse: ({ images = [], mistakes }) =>
    images.length === 0 && mistakes !== true
      ? 'error: say which images to show: cnnviz report IMAGE..., or --mistakes'
      : undefined,
  run: async ({ images, ...options }) =>
    (await import('./index.js')).report({ ...options, ...(images?.length && { images }) }),
  findView: ({ path }) => path,
  show: ({ path, byteCount, images }, terminal) =>
    terminal.print(`Report: ${formatPath(path)} (${formatAmount(images.length, 'image')}, ${formatBytes(byteCount)})`),
});
