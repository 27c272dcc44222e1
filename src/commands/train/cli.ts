// `cnnviz train`.

import { defineCommand } from '../terminal/command.js';
import { describeTraining } from './cli-events.js';
import { showTrainResult } from './cli-result.js';
import { TRAIN_OPTIONS } from './options.js';

export const trainCommand = defineCommand({
  name: 'train',
  group: 'Train',
  summary: 'train a network on a folder of images',
  description: 'Train a network on DIR/train/<class>/... and DIR/validation/<class>/..., or just on DIR/<class>/...',
  options: TRAIN_OPTIONS,
  findMisuse({ data, resume, config }) {
    if (data !== undefined || resume !== undefined || config !== undefined) return undefined;
    return 'error: say what to train on: cnnviz train DIR (or --resume, or --config RUN)';
  },
  describeEvents: describeTraining,
  run: async (options) => (await import('./index.js')).train(options),
  show: showTrainResult,
});
