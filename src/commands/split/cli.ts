// `cnnviz split`.

import { defineCommand } from '../terminal/command.js';
import { type EventDescribers, showProgress } from '../terminal/event-line.js';
import { showSplitResult } from './cli-result.js';
import type { PlacedEvent } from './events.js';
import { SPLIT_OPTIONS } from './options.js';

const placedDescribers: EventDescribers<PlacedEvent> = {
  'image-placed': ({ done, total }) => [showProgress('Writing', done, total, 'images')],
};

export const splitCommand = defineCommand({
  name: 'split',
  group: 'Images',
  summary: 'divide photographs into train, validation and test',
  description:
    'Divide photographs named <class>.<number>.jpg, or in class folders, into DEST/train, validation and test.\n' +
    'The first of each class in numeric order are taken, unless they are drawn. SRC stays as it is.\n' +
    'Tells which pictures are there twice, also when they were saved again or resized.',
  options: SPLIT_OPTIONS,
  describeEvents: () => placedDescribers,
  run: async (options) => (await import('./index.js')).split(options),
  show: showSplitResult,
});
