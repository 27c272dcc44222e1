// `cnnviz neighbors`.

import { formatPath, formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { findView } from '../terminal/find-view.js';
import { OPEN_OPTION, VERBOSE_OPTION } from '../terminal/view-options.js';
import { NEIGHBORS_OPTIONS } from './options.js';
import type { NeighborsResult } from './result.js';

export const neighborsCommand = defineCommand({
  name: 'neighbors',
  group: 'See what a network sees',
  summary: 'find the training images that the network takes for the most alike',
  description:
    'Find the training images most like an image in the features that the network decides by: the values that its last ' +
    'Dense layer gets, each weighted by what it adds to the score of the predicted class.',
  options: { ...NEIGHBORS_OPTIONS, ...section('Output', { ...VERBOSE_OPTION, ...OPEN_OPTION }) },
  run: async (options) => (await import('./index.js')).neighbors(options),
  show: showNeighbors,
  findView: ({ images }) => findView(images, ['neighbors.png']),
});

function showNeighbors({ images }: NeighborsResult, terminal: Terminal): void {
  for (const { image, neighbors } of images) {
    terminal.print();
    terminal.print(`Most like ${formatPath(image)}:`);
    const rows = neighbors.map(({ path, className, similarity }) => [
      similarity.toFixed(3),
      className,
      formatPath(path),
    ]);
    for (const line of formatTable(rows)) terminal.print(line);
  }
}
