// `cnnviz augment`.

import { defineCommand } from '../terminal/command.js';
import { AUGMENT_OPTIONS } from './options.js';

export const augmentCommand = defineCommand({
  name: 'augment',
  group: 'Images',
  summary: 'show what training with augmentation sees of a photograph',
  description:
    'Draw a photograph as training with these options sees it, pass after pass; without any, by the recipe augmented.',
  options: AUGMENT_OPTIONS,
  run: async (options) => (await import('./index.js')).augment(options),
});
