import { cnnviz, contestant, peer, script } from '../contestant.js';
import { CPU_S, PEAK_MB, type Scenario, WALL_S } from '../scenario.js';

const PHOTOGRAPHS = 'the 1,000 images of the test folder';

/** The whole command, as a user calls it. */
export const predict: Scenario = {
  name: 'predict',
  title: 'Predicting a folder of images, whole command',
  isolates: `Starting up, loading a saved network, decoding and predicting ${PHOTOGRAPHS}, printing each one's class.`,
  needsTrained: true,
  metrics: [WALL_S, CPU_S, PEAK_MB],
  contestants: [
    contestant('cnnviz predict', ({ photographs, trained }) => [
      cnnviz,
      'predict',
      `${photographs}/test`,
      '--model',
      trained.run,
    ]),
    contestant('Keras', ({ photographs, trained }) => [peer('keras_predict'), trained.keras, `${photographs}/test`]),
  ],
  comparisons: [
    { metric: 'wallS', of: 'cnnviz predict', against: ['Keras'], label: 'wall', target: 0.55 },
    { metric: 'cpuS', of: 'cnnviz predict', against: ['Keras'], label: 'CPU', target: 0.75 },
    { metric: 'peakMB', of: 'cnnviz predict', against: ['Keras'], label: 'peak memory' },
  ],
};

/** The same work once everything is warm. */
export const predictSteady: Scenario = {
  name: 'predict-steady',
  title: 'Predicting a folder of images, steady state',
  isolates: `Decoding and predicting ${PHOTOGRAPHS} a second time in the same process: no start-up.`,
  needsTrained: true,
  metrics: [WALL_S, CPU_S, PEAK_MB],
  contestants: [
    contestant('cnnviz', ({ photographs, trained }) => [script('predict-steady'), `${photographs}/test`, trained.run]),
    contestant('Keras', ({ photographs, trained }) => [
      peer('keras_predict'),
      trained.keras,
      `${photographs}/test`,
      'steady',
    ]),
  ],
  comparisons: [
    { metric: 'wallS', of: 'cnnviz', against: ['Keras'], label: 'wall', target: 1.2 },
    { metric: 'cpuS', of: 'cnnviz', against: ['Keras'], label: 'CPU' },
  ],
};
