import { contestant, peer, STEPS, script } from '../contestant.js';
import { CPU_MS, PEAK_MB, type Scenario, WALL_MS } from '../scenario.js';

const WORKER_CPU = { key: 'workerCpuMs', label: 'CPU ms a worker', digits: 0 };
const LOSS = { key: 'loss', label: 'last loss', digits: 6 };

const ours = (workers: number, batch: number) => [script('workers-step'), `${workers}`, `${batch}`, STEPS];
const keras = (workers: number, batch: number) => [peer('keras_workers_step'), `${workers}`, `${batch}`, STEPS];

export const workersStep: Scenario = {
  name: 'workers-step',
  title: 'One training step on several workers',
  isolates:
    'The article’s network by SGD on a batch in memory, divided among processes of one thread each that sum their gradients over ' +
    'the loopback (3 steps to warm up, then the mean of 20). All begin with the same weights and images: the last losses have ' +
    'to be equal. Keras runs a loop of its own under MultiWorkerMirroredStrategy, since fit does not run under it. CPU time and ' +
    'memory are those of all workers.',
  metrics: [CPU_MS, WORKER_CPU, WALL_MS, PEAK_MB, LOSS],
  contestants: [
    contestant('cnnviz, 1 x 20', ours(1, 20)),
    contestant('cnnviz, 2 x 10', ours(2, 20)),
    contestant('cnnviz, 2 x 20', ours(2, 40)),
    contestant('Keras, 1 x 20', keras(1, 20)),
    contestant('Keras, 2 x 10', keras(2, 20)),
    contestant('Keras, 2 x 20', keras(2, 40)),
  ],
  comparisons: [
    { metric: 'cpuMs', of: 'cnnviz, 2 x 10', against: ['Keras, 2 x 10'], label: 'CPU' },
    { metric: 'cpuMs', of: 'cnnviz, 2 x 20', against: ['Keras, 2 x 20'], label: 'CPU' },
    { metric: 'wallMs', of: 'cnnviz, 2 x 20', against: ['Keras, 2 x 20'], label: 'wall' },
    { metric: 'loss', of: 'cnnviz, 2 x 10', against: ['cnnviz, 1 x 20'], label: 'last loss' },
    { metric: 'loss', of: 'cnnviz, 2 x 10', against: ['Keras, 2 x 10'], label: 'last loss' },
    { metric: 'cpuMs', of: 'cnnviz, 2 x 10', against: ['cnnviz, 1 x 20'], label: 'CPU' },
    { metric: 'wallMs', of: 'cnnviz, 2 x 10', against: ['cnnviz, 1 x 20'], label: 'wall' },
    {
      metric: 'workerCpuMs',
      of: 'cnnviz, 2 x 20',
      against: ['cnnviz, 1 x 20'],
      label: 'CPU of a worker',
      target: 1.25,
    },
    { metric: 'wallMs', of: 'cnnviz, 2 x 20', against: ['cnnviz, 1 x 20'], label: 'wall' },
    { metric: 'workerCpuMs', of: 'Keras, 2 x 20', against: ['Keras, 1 x 20'], label: 'CPU of a worker' },
  ],
};
