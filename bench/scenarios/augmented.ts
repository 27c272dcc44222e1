import { contestant, peer, script } from '../contestant.js';
import { CPU_MS, PEAK_MB, type Scenario, WALL_MS } from '../scenario.js';

export const augmented: Scenario = {
  name: 'augmented',
  title: 'One training step with augmentation',
  isolates:
    'The book’s second run: batch 32, dropout 0.5, rotation 40, shifts 0.2, shear 0.2, zoom 0.2, horizontal flip. The mean of ' +
    'the 63 steps of one pass, after the first; cnnviz has its images decoded by then, ImageDataGenerator decodes them in ' +
    'every pass. Peak memory is that of the whole process.',
  metrics: [CPU_MS, WALL_MS, PEAK_MB],
  contestants: [
    contestant('cnnviz', ({ photographs }) => [script('augmented'), photographs]),
    contestant('Keras, ImageDataGenerator', ({ photographs }) => [peer('keras_augmented'), photographs]),
  ],
  comparisons: [
    { metric: 'cpuMs', of: 'cnnviz', against: ['Keras, ImageDataGenerator'], label: 'CPU', target: 0.6 },
    { metric: 'wallMs', of: 'cnnviz', against: ['Keras, ImageDataGenerator'], label: 'wall' },
    { metric: 'peakMB', of: 'cnnviz', against: ['Keras, ImageDataGenerator'], label: 'peak memory' },
  ],
};
