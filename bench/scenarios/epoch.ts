import { contestant, peer, script } from '../contestant.js';
import { CPU_S, PEAK_MB, type Place, type Scenario, WALL_S } from '../scenario.js';

/** One to warm up, two to measure. */
const EPOCHS = '3';
const WAITED = { key: 'waitedPercent', label: 'waiting for pixels, %', digits: 2 };

export const epoch: Scenario = {
  name: 'epoch',
  title: 'Whole epochs on JPEG files',
  isolates:
    'The article’s run (an epoch: 100 batches of 20 and 50 of validation), the mean of the epochs after the first, with ' +
    'decoding, saving and everything else a user waits for. Peak memory is that of the whole training process, start to end.',
  metrics: [CPU_S, WALL_S, PEAK_MB, WAITED],
  contestants: [
    contestant('cnnviz', ({ photographs }) => [script('epochs'), photographs, EPOCHS]),
    contestant('cnnviz, --cache-memory 0', ({ photographs }) => [
      script('epochs'),
      photographs,
      EPOCHS,
      'float32',
      '0',
    ]),
    contestant('cnnviz tfjs-layers', ({ photographs }) => [script('layers-epochs'), photographs, EPOCHS]),
    contestant('stock tfjs-node', ({ photographs }) => [script('stock-epochs'), photographs, EPOCHS]),
    contestant('Keras, ImageDataGenerator', ({ photographs }) => [
      peer('keras_epochs'),
      'generator',
      photographs,
      EPOCHS,
    ]),
    contestant('Keras, tf.data with cache', ({ photographs }) => [
      peer('keras_epochs'),
      'dataset',
      photographs,
      EPOCHS,
    ]),
    contestant('PyTorch, channels_last', ({ photographs }) => [
      peer('torch_epochs'),
      'channels_last',
      photographs,
      EPOCHS,
    ]),
  ],
  comparisons: [
    { metric: 'cpuS', of: 'cnnviz', against: ['Keras, ImageDataGenerator'], label: 'CPU', target: 0.68 },
    { metric: 'cpuS', of: 'cnnviz', against: ['Keras, tf.data with cache'], label: 'CPU', target: 0.92 },
    { metric: 'cpuS', of: 'cnnviz', against: ['PyTorch, channels_last'], label: 'CPU' },
    { metric: 'cpuS', of: 'cnnviz', against: ['stock tfjs-node'], label: 'CPU' },
    {
      metric: 'peakMB',
      of: 'cnnviz, --cache-memory 0',
      against: ['Keras, ImageDataGenerator'],
      label: 'peak memory',
      target: 0.95,
    },
    { metric: 'peakMB', of: 'cnnviz', against: ['Keras, ImageDataGenerator'], label: 'peak memory' },
  ],
};

const keras = (mode: string) => (place: Place) => [peer('keras_epochs'), 'dataset', place.photographs, EPOCHS, mode];

export const reducedEpoch: Scenario = {
  name: 'bfloat16-epoch',
  title: 'Whole epochs in bfloat16',
  isolates:
    'The same run with training and validation in bfloat16, and in float32 beside it. The peer has its pixels cached.',
  needsAmx: true,
  metrics: [CPU_S, WALL_S, PEAK_MB],
  contestants: [
    contestant('cnnviz, bfloat16', ({ photographs }) => [script('epochs'), photographs, EPOCHS, 'bfloat16']),
    contestant('cnnviz', ({ photographs }) => [script('epochs'), photographs, EPOCHS]),
    contestant('Keras, mixed_bfloat16', keras('mixed_bfloat16')),
    contestant('Keras', keras('float32')),
  ],
  comparisons: [
    { metric: 'cpuS', of: 'cnnviz, bfloat16', against: ['cnnviz'], label: 'CPU', target: 0.45 },
    { metric: 'wallS', of: 'cnnviz, bfloat16', against: ['cnnviz'], label: 'wall' },
    { metric: 'cpuS', of: 'cnnviz, bfloat16', against: ['Keras, mixed_bfloat16'], label: 'CPU' },
    { metric: 'cpuS', of: 'cnnviz, bfloat16', against: ['Keras'], label: 'CPU' },
    { metric: 'peakMB', of: 'cnnviz, bfloat16', against: ['cnnviz'], label: 'peak memory' },
  ],
};
