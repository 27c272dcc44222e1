// `cnnviz timelapse`.

import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { findView } from '../terminal/find-view.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { TIMELAPSE_OPTIONS } from './options.js';

export const timelapseCommand = defineCommand({
  name: 'timelapse',
  group: 'See what a network sees',
  summary: 'show how the layers of a run learned to see an image',
  description:
    'Draw what every layer made of an image after each epoch, as animations and film strips: of a run that was trained with ' +
    '--probe IMAGE. A color means the same value at every epoch.',
  options: { ...TIMELAPSE_OPTIONS, ...section('Output', OPEN_OPTION) },
  run: async (options) => (await import('./index.js')).timelapse(options),
  findView: ({ images }) => findView(images, []),
});
