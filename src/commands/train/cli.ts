// `cnnviz train`.

import { toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { describeTraining } from './cli-events.js';
import { showTrainResult } from './cli-result.js';
import { TRAIN_OPTIONS } from './options.js';

const TRAIN_OPEN_OPTION = {
  open: toggle({ help: 'open the page of --live in your browser; without --live the curves when training is done' }),
};

export const trainCommand = defineCommand({
  name: 'train',
  group: 'Train',
  summary: 'train a network on a folder of images',
  description: 'Train a network on DIR/train/<class>/... and DIR/validation/<class>/..., or just on DIR/<class>/...',
  options: { ...TRAIN_OPTIONS, ...section('Run', TRAIN_OPEN_OPTION) },
  findMisuse({ data, resume, config }) {
    if (data !== undefined || resume !== undefined || config !== undefined) return undefined;
    return 'error: say what to train on: cnnviz train DIR (or --resume, or --config RUN)';
  },
  describeEvents: describeTraining,
  async run(options) {
    const { isLaunched, launchWorkers, readProcessCount } = await import('./cli-workers.js');
    const count = readProcessCount(options);
    if (count !== undefined && count > 1) return launchWorkers(count, options.live);
    const { workers, ...others } = options;
    return (await import('./index.js')).train(isLaunched() ? others : options);
  },
  findAddress: (event) => (event.type === 'live' ? event.url : undefined),
  findView: ({ curves, worker = { index: 0 } }) => (worker.index > 0 ? null : curves),
  show: showTrainResult,
});
