// `cnnviz evaluate`.

import { defineCommand } from '../terminal/command.js';
import { showEvaluation } from './cli-result.js';
import { EVALUATE_OPTIONS } from './options.js';

export const evaluateCommand = defineCommand({
  name: 'evaluate',
  group: 'Predict and evaluate',
  summary: 'judge a network on photographs of known classes',
  description:
    'Judge a network on a folder of photographs of known classes: accuracy with its confidence interval, precision,\n' +
    'recall, F1 and ROC-AUC of each class, calibration, which class was taken for which, and the worst mistakes.',
  options: EVALUATE_OPTIONS,
  run: async (options) => (await import('./index.js')).evaluate(options),
  show: showEvaluation,
});
