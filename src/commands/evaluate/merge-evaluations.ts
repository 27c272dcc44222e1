import { CnnvizError } from '../../base/errors.js';
import { ScoreSheet } from '../../evaluation/scores.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import type { MergedOutputs } from '../../shards/merge-outputs.js';
import { evaluateOutputs } from '../../training/evaluation.js';
import { mergeOutputShards, placeOf } from '../shared/output-shards.js';
import type { Overlap } from '../shared/overlap.js';
import { finishEvaluation } from './finish-evaluation.js';
import { MERGE_EVALUATIONS_OPTIONS, type MergeEvaluationsOptions } from './options.js';
import type { EvaluateResult } from './result.js';

/**
 * Puts the shards of `evaluateShard` together: the result and its pictures are those of one pass. Needs no network, and of the
 * images only those of the mistakes that are drawn.
 *
 * @throws CnnvizError BELOW_THRESHOLD if the accuracy is below `minAccuracy`; BAD_ARGUMENT (a shard is missing, is there twice or
 * is of another network or folder), NOT_FOUND, NOT_READABLE, BAD_DATASET where not one image could be read, BAD_IMAGE,
 * NOT_WRITABLE, DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { mergeEvaluations } from 'cnnviz';
 *
 * const { accuracy, mistakes } = await mergeEvaluations({ shards: ['shards'] });
 * console.log(accuracy, mistakes.length);
 * ```
 */
export async function mergeEvaluations(options: MergeEvaluationsOptions): Promise<EvaluateResult> {
  const settings = resolveOptions(MERGE_EVALUATIONS_OPTIONS, options);
  if (settings.out !== undefined) await checkResultsFolder(settings.out);
  const merged = await mergeOutputShards('evaluate', settings.shards, settings);
  const { common, paths, badFiles } = merged;
  const { overlap, evaluation } = common.details;
  const { classNames, precision } = common;
  if (evaluation === undefined || merged.labels.includes(-1)) throw incomplete();
  const { split, missingClasses, unknownClasses } = evaluation;
  if (settings.suspects !== undefined && split === 'test') {
    const message =
      'the shards hold test images only: for suspects in validation, too, write them with --split held-out';
    settings.onEvent?.({ type: 'warning', message });
  }
  return finishEvaluation(
    {
      ...{ model: placeOf(common), precision, paths, badImages: badFiles, data: evaluation.data },
      images: { split, classNames, missingClasses, unknownClasses, overlap: overlap as Overlap | null },
      ...scoreOutputs(merged),
      autoOrient: evaluation.autoOrient,
      describeNetwork: () => evaluation.source,
    },
    settings,
  );
}

/** Batch by batch, as one pass sums up. @throws CnnvizError BAD_ARGUMENT */
function scoreOutputs(merged: MergedOutputs) {
  const { length } = merged.common.classNames;
  const sheet = new ScoreSheet(merged.paths.length, length);
  let lossSum = 0;
  for (const { fileIndexes, outputs } of merged.batches()) {
    const units = outputs.length / fileIndexes.length;
    if (units !== length && !(units === 1 && length === 2)) throw incomplete();
    const classIndexes = fileIndexes.map((index) => merged.labels[index] as number);
    lossSum += evaluateOutputs(outputs, classIndexes).lossSum;
    sheet.add(outputs, classIndexes, fileIndexes);
  }
  return { lossSum, scores: sheet.scores };
}

function incomplete(): CnnvizError {
  return new CnnvizError('BAD_ARGUMENT', 'shards: the classes of their images and the outputs do not fit together');
}
