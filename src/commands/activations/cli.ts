// `cnnviz activations`.

import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { findView } from '../terminal/find-view.js';
import { OPEN_OPTION, VERBOSE_OPTION } from '../terminal/view-options.js';
import { layerDescribers } from './cli-events.js';
import { ACTIVATIONS_OPTIONS } from './options.js';

export const activationsCommand = defineCommand({
  name: 'activations',
  group: 'See what a network sees',
  summary: 'show what the layers see in an image',
  description: 'Show what the layers see in an image: a picture for each layer, with a tile for each channel.',
  options: { ...ACTIVATIONS_OPTIONS, ...section('Output', { ...VERBOSE_OPTION, ...OPEN_OPTION }) },
  describeEvents: () => layerDescribers,
  run: async (options) => (await import('./index.js')).activations(options),
  findView: ({ images }) => findView(images, ['overview.png']),
});
