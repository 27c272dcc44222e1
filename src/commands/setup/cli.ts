// `cnnviz setup`.

import { defineCommand } from '../terminal/command.js';
import { setupDescribers } from './cli-events.js';
import { SETUP_OPTIONS } from './options.js';

export const setupCommand = defineCommand({
  name: 'setup',
  group: 'This machine',
  summary: 'install native TensorFlow, which is many times faster',
  description: 'Install native TensorFlow in your own folder (CNNVIZ_HOME, else the XDG cache). Needs pip and g++.',
  options: SETUP_OPTIONS,
  describeEvents: () => setupDescribers,
  run: async (options) => (await import('./index.js')).setup(options),
  show({ changed, tensorflowVersion, folder }, terminal) {
    const state = changed ? 'is set up' : 'was already set up';
    terminal.print(`Native TensorFlow ${tensorflowVersion} ${state}: ${folder}`);
  },
});
