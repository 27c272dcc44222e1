// `cnnviz augment`.

import { defineCommand } from '../terminal/command.js';
import { AUGMENT_OPTIONS } from './options.js';

export const augmentCommand = defineCommand({
  name: 'augment',
  group: 'Images',
  summary: 'preview augmented images',
  description:
    'Draw an image as training with these options sees it, pass after pass (default: the recipe "augmented").',
  options: AUGMENT_OPTIONS,
  run: async (options) => (await import('./index.js')).augment(options),
});
