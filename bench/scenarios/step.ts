import { contestant, peer, STEPS, script } from '../contestant.js';
import { CPU_MS, PEAK_MB, type Scenario, WALL_MS } from '../scenario.js';

export const step: Scenario = {
  name: 'step',
  title: 'One training step',
  isolates:
    'The article’s network (150x150x3, 3,453,121 parameters), batch 20, RMSprop, on a batch that is already in memory: ' +
    'the engine alone, without decoding and without starting up (3 steps to warm up, then the mean of 20). Loss and ' +
    'accuracy are read back after every step.',
  metrics: [CPU_MS, WALL_MS, PEAK_MB],
  contestants: [
    contestant('cnnviz graph', [script('step'), 'graph', STEPS]),
    contestant('cnnviz tfjs-layers', [script('step'), 'layers', STEPS]),
    contestant('stock tfjs-node', [script('stock-step'), STEPS]),
    contestant('Keras', [peer('keras_step'), 'graph', STEPS]),
    contestant('Keras, XLA', [peer('keras_step'), 'xla', STEPS]),
    contestant('PyTorch', [peer('torch_step'), 'default', STEPS]),
    contestant('PyTorch, channels_last', [peer('torch_step'), 'channels_last', STEPS]),
  ],
  comparisons: [
    { metric: 'cpuMs', of: 'cnnviz graph', against: ['Keras', 'Keras, XLA'], label: 'CPU', target: 0.92 },
    { metric: 'cpuMs', of: 'cnnviz graph', against: ['PyTorch', 'PyTorch, channels_last'], label: 'CPU', target: 0.58 },
    { metric: 'cpuMs', of: 'cnnviz graph', against: ['stock tfjs-node'], label: 'CPU', target: 0.38 },
    { metric: 'wallMs', of: 'cnnviz graph', against: ['Keras', 'Keras, XLA'], label: 'wall' },
    { metric: 'peakMB', of: 'cnnviz graph', against: ['Keras', 'Keras, XLA'], label: 'peak memory' },
  ],
};

export const reducedStep: Scenario = {
  name: 'bfloat16-step',
  title: 'One training step in bfloat16',
  isolates:
    'The same step with convolutions, pooling and biases in bfloat16, weights and updates in float32, as Keras and PyTorch ' +
    'mix them; and in float32 beside it.',
  needsAmx: true,
  metrics: [CPU_MS, WALL_MS, PEAK_MB],
  contestants: [
    contestant('cnnviz, bfloat16', [script('step'), 'graph', STEPS, 'bfloat16']),
    contestant('cnnviz', [script('step'), 'graph', STEPS, 'float32']),
    contestant('Keras, mixed_bfloat16', [peer('keras_step'), 'mixed_bfloat16', STEPS]),
    contestant('Keras', [peer('keras_step'), 'graph', STEPS]),
    contestant('PyTorch, autocast', [peer('torch_step'), 'autocast', STEPS]),
    contestant('PyTorch, channels_last', [peer('torch_step'), 'channels_last', STEPS]),
  ],
  comparisons: [
    { metric: 'cpuMs', of: 'cnnviz, bfloat16', against: ['cnnviz'], label: 'CPU', target: 0.42 },
    { metric: 'cpuMs', of: 'cnnviz, bfloat16', against: ['Keras'], label: 'CPU', target: 0.36 },
    { metric: 'cpuMs', of: 'cnnviz, bfloat16', against: ['Keras, mixed_bfloat16'], label: 'CPU', target: 0.9 },
    { metric: 'cpuMs', of: 'cnnviz, bfloat16', against: ['PyTorch, autocast'], label: 'CPU', target: 0.5 },
    { metric: 'cpuMs', of: 'cnnviz, bfloat16', against: ['PyTorch, channels_last'], label: 'CPU' },
    { metric: 'wallMs', of: 'cnnviz, bfloat16', against: ['cnnviz'], label: 'wall' },
    { metric: 'peakMB', of: 'cnnviz, bfloat16', against: ['cnnviz'], label: 'peak memory' },
  ],
};
