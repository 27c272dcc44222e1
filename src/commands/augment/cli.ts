// `cnnviz augment`.

import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { findView } from '../terminal/find-view.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { AUGMENT_OPTIONS } from './options.js';

export const augmentCommand = defineCommand({
  name: 'augment',
  group: 'Images',
  summary: 'preview augmented images',
  description:
    'Draw an image as training with these options sees it, pass after pass (default: the recipe "augmented").',
  options: { ...AUGMENT_OPTIONS, ...section('Pictures', OPEN_OPTION) },
  run: async (options) => (await import('./index.js')).augment(options),
  findView: (result) => findView([result], ['augmented.png']),
});
