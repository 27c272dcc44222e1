import { contestant, STEPS, script } from '../contestant.js';
import { CPU_MS, type Scenario, WALL_MS } from '../scenario.js';

export const augment: Scenario = {
  name: 'augment',
  title: 'Augmenting a batch',
  isolates:
    'Why augmentation is our own code: 32 images of 150x150, the book’s settings, from bytes to the network’s input; and ' +
    'TensorFlow’s op for it in a graph, which its result does not leave. 10 to warm up, then the mean of 20.',
  metrics: [CPU_MS, WALL_MS],
  contestants: [
    contestant('cnnviz', [script('augment'), 'cnnviz', STEPS]),
    contestant('ImageProjectiveTransformV3', [script('augment'), 'tensorflow', STEPS]),
  ],
  comparisons: [
    { metric: 'cpuMs', of: 'cnnviz', against: ['ImageProjectiveTransformV3'], label: 'CPU' },
    { metric: 'wallMs', of: 'cnnviz', against: ['ImageProjectiveTransformV3'], label: 'wall' },
  ],
};
