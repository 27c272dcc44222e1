// `cnnviz evaluate`.

import { defineCommand } from '../terminal/command.js';
import { showEvaluation } from './cli-result.js';
import { EVALUATE_OPTIONS } from './options.js';

export const evaluateCommand = defineCommand({
  name: 'evaluate',
  group: 'Predict and evaluate',
  summary: 'evaluate a network on labeled images',
  description:
    'Evaluate a network on a folder of labeled images: accuracy with its confidence interval, precision,\n' +
    'recall, F1 and ROC-AUC of each class, calibration, the confusion matrix and the worst mistakes.',
  options: EVALUATE_OPTIONS,
  findMisuse: ({ data }) =>
    data === undefined ? 'error: say which images to evaluate on: cnnviz evaluate DIR' : undefined,
  run: async (options) => (await import('./index.js')).evaluate(options),
  show: showEvaluation,
});
