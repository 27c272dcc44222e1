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
  summary: 'divide images into train, validation and test',
  description:
    'Divide images named <class>.<number>.jpg, or in class folders, into DEST/train, validation and test.\n' +
    'Takes the first images of each class in numeric order, or random ones with --shuffle. SRC is never changed.\n' +
    'Lists duplicate images, including copies that were saved again or resized.',
  options: SPLIT_OPTIONS,
  describeEvents: () => placedDescribers,
  run: async (options) => (await import('./index.js')).split(options),
  show: showSplitResult,
});
