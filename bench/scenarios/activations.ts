import { cnnviz, contestant, firstTestImage, peer } from '../contestant.js';
import { CPU_S, PEAK_MB, type Scenario, WALL_S } from '../scenario.js';

export const activations: Scenario = {
  name: 'activations',
  title: 'The pictures of eight layers, cold',
  isolates:
    'One image, one saved network, a whole command from start to the last picture on disk: what a user waits for.',
  needsTrained: true,
  metrics: [WALL_S, CPU_S, PEAK_MB],
  contestants: [
    contestant('cnnviz activations', (place) => [
      cnnviz,
      'activations',
      firstTestImage(place),
      '--layers',
      '8',
      '--model',
      place.trained.run,
      '--out',
      `${place.scratch}/activations`,
    ]),
    contestant('Keras and matplotlib', (place) => [
      peer('keras_activations'),
      place.trained.keras,
      firstTestImage(place),
      `${place.scratch}/activations`,
    ]),
  ],
  comparisons: [
    { metric: 'wallS', of: 'cnnviz activations', against: ['Keras and matplotlib'], label: 'wall', target: 0.2 },
    { metric: 'peakMB', of: 'cnnviz activations', against: ['Keras and matplotlib'], label: 'peak memory' },
  ],
};
