// `cnnviz evaluate`.

import { section } from '../../options/option.js';
import type { WrittenShard } from '../shared/written-shard.js';
import { defineCommand } from '../terminal/command.js';
import { silentFiles } from '../terminal/event-line.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { showShard } from '../terminal/written-shard.js';
import { showEvaluation } from './cli-result.js';
import { EVALUATE_COMMAND_OPTIONS, MERGE_EVALUATIONS_OPTIONS } from './options.js';
import type { EvaluateResult } from './result.js';

const mergeCommand = defineCommand({
  name: 'merge',
  summary: 'merge shards',
  description:
    'Merge the shards that "cnnviz evaluate --shard" wrote. The result is the same as one pass over all images.',
  options: { ...MERGE_EVALUATIONS_OPTIONS, ...section('Output', OPEN_OPTION) },
  standsAlone: 'which puts shards together as they were computed',
  findMisuse: ({ open, out }) => (open && out === undefined ? OPEN_MISUSE : undefined),
  run: async (options) => (await import('./merge-evaluations.js')).mergeEvaluations(options),
  describeEvents: () => silentFiles,
  show: showEvaluation,
  findView: ({ out }) => out,
});

const OPEN_MISUSE = 'error: --open: expected together with --out, which draws the pictures';

export const evaluateCommand = defineCommand({
  name: 'evaluate',
  group: 'Predict and evaluate',
  summary: 'evaluate a network on labeled images',
  description:
    'Evaluate a network on a folder of labeled images: accuracy with its confidence interval, precision,\n' +
    'recall, F1 and ROC-AUC of each class, calibration, the confusion matrix and the worst mistakes; with\n' +
    '--suspects also the images whose label looks wrong, with --explain what the mistakes have in common.',
  options: { ...EVALUATE_COMMAND_OPTIONS, ...section('Output', OPEN_OPTION) },
  findMisuse({ data, suspects, explain, open, out, shard, minAccuracy, mistakes }) {
    if (data === undefined && (suspects === undefined || shard !== undefined))
      return 'error: say which images to evaluate on: cnnviz evaluate DIR';
    if (shard === undefined) return open && out === undefined ? OPEN_MISUSE : undefined;
    const ofResult = { '--min-accuracy': minAccuracy, '--mistakes': mistakes, '--suspects': suspects, '--open': open };
    const [flag] = Object.entries(ofResult).find(([, value]) => value !== undefined) ?? [];
    if (explain) return 'error: --explain: not supported by --shard; explain the images in one pass';
    return flag && `error: ${flag}: not supported by --shard; it is for "evaluate merge"`;
  },
  async run({ shard, explain, ...options }): Promise<EvaluateResult | WrittenShard> {
    if (shard === undefined)
      return (await import('./index.js')).evaluate({ ...options, ...(explain !== undefined && { explain }) });
    return (await import('./evaluate-shard.js')).evaluateShard({ ...options, data: options.data ?? '', shard });
  },
  describeEvents: () => silentFiles,
  show: (result, terminal) => ('shardFile' in result ? showShard(result, terminal) : showEvaluation(result, terminal)),
  findView: (result) => ('shardFile' in result ? undefined : result.out),
  parts: [mergeCommand],
});
