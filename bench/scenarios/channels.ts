import { cnnviz, contestant } from '../contestant.js';
import { CPU_S, PEAK_MB, type Scenario, WALL_S } from '../scenario.js';

/** The channel report against what it cannot do without. */
export const channels: Scenario = {
  name: 'channels',
  title: 'Measuring every channel over a folder of images, whole command',
  isolates:
    'What the statistics of 704 channels in 8 layers, their pictures and files cost beyond plain prediction of the 1,000 ' +
    'images of the test folder; and the memory for twice as many images, which should be the same.',
  needsTrained: true,
  metrics: [WALL_S, CPU_S, PEAK_MB],
  contestants: [
    contestant('cnnviz channels', ({ photographs, trained, scratch }) => [
      ...[cnnviz, 'channels', `${photographs}/test`, '--layers', '8', '--model', trained.run],
      ...['--out', `${scratch}/test`],
    ]),
    contestant('cnnviz channels, train folder', ({ photographs, trained, scratch }) => [
      ...[cnnviz, 'channels', `${photographs}/train`, '--layers', '8', '--model', trained.run],
      ...['--out', `${scratch}/train`],
    ]),
    contestant('cnnviz predict', ({ photographs, trained }) => [
      cnnviz,
      'predict',
      `${photographs}/test`,
      '--model',
      trained.run,
    ]),
  ],
  comparisons: [
    {
      metric: 'wallS',
      of: 'cnnviz channels',
      against: ['cnnviz predict'],
      label: 'wall, against prediction',
      target: 3,
    },
    { metric: 'cpuS', of: 'cnnviz channels', against: ['cnnviz predict'], label: 'CPU, against prediction' },
    {
      metric: 'peakMB',
      of: 'cnnviz channels, train folder',
      against: ['cnnviz channels'],
      label: 'peak memory of twice as many images',
    },
  ],
};
