// `cnnviz sample-data`.

import { defineCommand } from '../terminal/command.js';
import { SAMPLE_DATA_OPTIONS } from './options.js';

export const sampleDataCommand = defineCommand({
  name: 'sample-data',
  group: 'Images',
  summary: 'draw a synthetic dataset of cats and dogs',
  description: 'Draw a synthetic dataset of cats and dogs. The same options give the same files.',
  options: SAMPLE_DATA_OPTIONS,
  run: async (options) => (await import('./index.js')).sampleData(options),
  show({ drawn, dir, imageCounts }, terminal, options) {
    const counts = Object.entries(imageCounts).map(([split, count]) => `${split} ${count}`);
    terminal.print(`${drawn ? 'Drawn' : 'Already exists'}: ${dir} (${counts.join(', ')})`);
    terminal.print(`Next: cnnviz train --data ${options.dir}`);
  },
});
