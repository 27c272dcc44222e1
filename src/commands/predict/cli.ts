// `cnnviz predict`.

import { formatAmount, formatCount } from '../../base/counts.js';
import { formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import { describeUnlikeness } from '../../resemblance/training-profile.js';
import { describePrediction } from '../shared/true-class.js';
import type { WrittenShard } from '../shared/written-shard.js';
import { defineCommand } from '../terminal/command.js';
import { misuseOfShardFile, showShard } from '../terminal/written-shard.js';
import type { ClassCount } from './count-predictions.js';
import type { PredictResult } from './index.js';
import { MERGE_PREDICTIONS_OPTIONS, PREDICT_COMMAND_OPTIONS } from './options.js';

const mergeCommand = defineCommand({
  name: 'merge',
  summary: 'merge shards',
  description:
    'Merge the shards that "cnnviz predict --shard" wrote. The result is the same as one pass over all images.',
  options: MERGE_PREDICTIONS_OPTIONS,
  standsAlone: 'which puts shards together as they were computed',
  run: async (options) => (await import('./merge-predictions.js')).mergePredictions(options),
  show: showResult,
});

export const predictCommand = defineCommand({
  name: 'predict',
  group: 'Predict and evaluate',
  summary: 'classify images',
  description: 'Classify images: print the most probable class and its probability.',
  options: PREDICT_COMMAND_OPTIONS,
  findMisuse({ shard, out, csv, unlike }) {
    if (shard === undefined) return out === undefined ? undefined : misuseOfShardFile;
    if (unlike) return 'error: --unlike: not supported by --shard; compare the images in one pass';
    return csv === undefined ? undefined : 'error: --csv: not supported by --shard; "predict merge" writes the table';
  },
  async run({ shard, out, unlike, ...options }): Promise<PredictResult | WrittenShard> {
    if (shard === undefined) {
      return (await import('./index.js')).predict({ ...options, ...(unlike !== undefined && { unlike }) });
    }
    return (await import('./predict-shard.js')).predictShard({ ...options, shard, ...(out !== undefined && { out }) });
  },
  show: (result, terminal) => ('shardFile' in result ? showShard(result, terminal) : showResult(result, terminal)),
  parts: [mergeCommand],
});

/** Classes that a line about a folder names before it counts. */
const CLASSES_SHOWN = 4;

function showResult({ predictions, counts }: PredictResult, terminal: Terminal): void {
  const isChecked = predictions.some(({ correct }) => correct !== undefined);
  const rows = predictions.map(({ image, className, probability, correct, classes = [], unlike }) => [
    image,
    className,
    probability.toFixed(4),
    ...(isChecked ? [correct === undefined ? '' : correct ? 'right' : 'WRONG'] : []),
    classes.slice(1).map(describePrediction).join(', '),
    ...(unlike ? [describeUnlikeness(unlike) ?? ''] : []),
  ]);
  for (const line of formatTable(rows)) terminal.print(line);
  if (predictions.length < 2) return;
  terminal.print();
  terminal.print(
    `${formatAmount(predictions.length, 'image')}: ${listCounts(counts.classes, Number.POSITIVE_INFINITY)}`,
  );
  const folders = counts.folders.map(({ className, imageCount, correctCount, predicted }) => [
    `in ${className}/`,
    formatAmount(imageCount, 'image'),
    `${formatCount(correctCount)} right`,
    listCounts(predicted, CLASSES_SHOWN),
  ]);
  showUnlike(predictions, terminal);
  if (folders.length === 0) return;
  if (counts.otherCount > 0) folders.push(['elsewhere', formatAmount(counts.otherCount, 'image'), '', '']);
  for (const line of formatTable(folders)) terminal.print(line);
  terminal.print(`${formatCount(counts.correctCount)} of ${formatCount(counts.checkedCount)} right`);
}

/** Where images were compared with those of the training. */
function showUnlike(predictions: PredictResult['predictions'], terminal: Terminal): void {
  const compared = predictions.flatMap(({ unlike }) => unlike ?? []);
  if (compared.length === 0) return;
  const count = compared.filter(({ isUnlike }) => isUnlike).length;
  terminal.print(`${formatCount(count)} of ${formatCount(compared.length)} unlike the training images`);
}

/** `cats 12, dogs 8` */
function listCounts(counts: readonly ClassCount[], limit: number): string {
  const named = counts.slice(0, limit).map(({ className, count }) => `${className} ${formatCount(count)}`);
  const rest = counts.slice(limit).reduce((sum, { count }) => sum + count, 0);
  return [...named, ...(rest > 0 ? [`others ${formatCount(rest)}`] : [])].join(', ');
}
