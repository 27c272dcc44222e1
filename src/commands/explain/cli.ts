// `cnnviz explain`.

import { methodNames } from '../../explain/methods.js';
import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { findView } from '../terminal/find-view.js';
import { OPEN_OPTION, VERBOSE_OPTION } from '../terminal/view-options.js';
import { EXPLAIN_OPTIONS } from './options.js';

export const explainCommand = defineCommand({
  name: 'explain',
  group: 'See what a network sees',
  summary: 'show where in an image the evidence for a class lies',
  description: 'Show where in an image the network finds evidence for each class, as an overlay.',
  options: { ...EXPLAIN_OPTIONS, ...section('Output', { ...VERBOSE_OPTION, ...OPEN_OPTION }) },
  run: async (options) => (await import('./index.js')).explain(options),
  findView: ({ images }) => findView(images, ['methods.png', ...methodNames.map((name) => `${name}.png`)]),
});
