// `cnnviz evaluate`.

import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { silentFiles } from '../terminal/event-line.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { showEvaluation } from './cli-result.js';
import { EVALUATE_OPTIONS } from './options.js';

export const evaluateCommand = defineCommand({
  name: 'evaluate',
  group: 'Predict and evaluate',
  summary: 'evaluate a network on labeled images',
  description:
    'Evaluate a network on a folder of labeled images: accuracy with its confidence interval, precision,\n' +
    'recall, F1 and ROC-AUC of each class, calibration, the confusion matrix and the worst mistakes; with\n' +
    '--suspects also the images whose label looks wrong.',
  options: { ...EVALUATE_OPTIONS, ...section('Output', OPEN_OPTION) },
  findMisuse({ data, suspects, open, out }) {
    if (data === undefined && suspects === undefined)
      return 'error: say which images to evaluate on: cnnviz evaluate DIR';
    return open && out === undefined
      ? 'error: --open: expected together with --out, which draws the pictures'
      : undefined;
  },
  run: async (options) => (await import('./index.js')).evaluate(options),
  describeEvents: () => silentFiles,
  show: showEvaluation,
  findView: ({ out }) => out,
});
