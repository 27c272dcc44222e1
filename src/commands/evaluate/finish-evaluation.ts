// From scores to the result of an evaluation: metrics, mistakes, pictures, threshold.

import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { Precision } from '../../engines/contract/precision.js';
import { type AssessedClass, assess } from '../../evaluation/assess.js';
import { averageClasses, mean } from '../../evaluation/class-metrics.js';
import { findMistakes, type LabeledPrediction, rankByLabel } from '../../evaluation/mistakes.js';
import type { Scores } from '../../evaluation/scores.js';
import type { PictureSource } from '../../output/picture-source.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { onImages } from '../shared/picture-source.js';
import type { ExplainedMistakes } from './explain-mistakes.js';
import type { EvaluatedImages } from './open-evaluation.js';
import type { EvaluateResult, LabeledImage } from './result.js';

/** What was computed of the images, in one pass or in shards. */
export interface ScoredImages {
  model: TrainedNetwork['place'];
  precision: Precision;
  images: EvaluatedImages;
  /** of all images; the scores name them by their places here */
  paths: readonly string[];
  scores: Scores;
  /** sum of the cross-entropies */
  lossSum: number;
  badImages: BadFile[];
  /** the data folder, as it was named */
  data: string;
  /** rotate images of mistakes as for the network */
  autoOrient: boolean;
  /** where it was asked for */
  explained?: ExplainedMistakes;
  /** what pictures say of the network; asked where there are pictures */
  describeNetwork: () => Promise<PictureSource> | PictureSource;
}

/** What is asked of the result. */
interface ResultOptions {
  out?: string | undefined;
  mistakes: number;
  suspects?: number | undefined;
  minAccuracy?: number | undefined;
}

/** @throws CnnvizError BELOW_THRESHOLD, after the pictures are written; BAD_IMAGE, NOT_WRITABLE, DISK_FULL */
export async function finishEvaluation(
  scored: ScoredImages,
  settings: WorkflowOptions & ResultOptions,
): Promise<EvaluateResult> {
  const { images, scores, paths } = scored;
  const { out, onEvent = () => undefined } = settings;
  const { split, overlap, ...classes } = images;
  const imageCount = scores.classIndexes.length;
  const result = {
    model: scored.model,
    precision: scored.precision,
    split,
    ...classes,
    overlap,
    imageCount,
    loss: scored.lossSum / imageCount,
    ...describeMetrics(scores, classes.classNames, paths, settings),
    ...(scored.explained && { mistakeGroups: scored.explained.classes }),
    badImages: scored.badImages,
  };
  if (out !== undefined) {
    // Not before it is needed: the chart library takes a fifth of a second to load.
    const { writeEvaluation } = await import('./evaluation-folder.js');
    const source = onImages(await scored.describeNetwork(), { path: scored.data, split, imageCount });
    const { autoOrient, explained } = scored;
    await writeEvaluation(out, result, scores, { source, autoOrient, onEvent, ...(explained && { explained }) });
  }
  checkThreshold(result, settings.minAccuracy);
  return out === undefined ? result : { ...result, out: resolve(out) };
}

function describeMetrics(scores: Scores, classNames: string[], paths: readonly string[], atMost: ResultOptions) {
  const assessment = assess(scores);
  const mistakes = findMistakes(scores);
  const nameOf = (index: number) => classNames[index] as string;
  const describe = (image: LabeledPrediction): LabeledImage => ({
    path: paths[image.imageIndex] as string,
    trueClass: nameOf(image.trueClass),
    predictedClass: nameOf(image.predictedClass),
    probability: image.probability,
    trueProbability: image.trueProbability,
  });
  const classes = defineClasses(assessment.classes);
  return {
    ...assessment,
    classes: classes.map((metrics, index) => ({ className: nameOf(index), ...metrics })),
    macro: averageClasses(classes),
    rocAuc: mean(classes.map(({ rocAuc }) => rocAuc)),
    mistakeCount: mistakes.length,
    mistakes: mistakes.slice(0, atMost.mistakes).map(describe),
    ...(atMost.suspects !== undefined && {
      suspects: rankByLabel(scores).slice(0, atMost.suspects).map(describe),
    }),
  };
}

/**
 * Predictions of a class without images here say nothing about it; and if all images are of one class, nothing can be
 * mistaken for it.
 */
function defineClasses(classes: readonly AssessedClass[]): AssessedClass[] {
  const isOnlyOne = classes.filter(({ support }) => support > 0).length === 1;
  return classes.map((metrics) => {
    if (metrics.support === 0) return { ...metrics, precision: null, recall: null, f1: null, rocAuc: null };
    return isOnlyOne ? { ...metrics, precision: null, f1: null } : metrics;
  });
}

function checkThreshold({ accuracy, imageCount, split }: EvaluateResult, minAccuracy = 0): void {
  if (accuracy >= minAccuracy) return;
  const images = split === null ? `${imageCount} images` : `${imageCount} ${split} images`;
  throw new CnnvizError('BELOW_THRESHOLD', `accuracy ${accuracy.toFixed(4)} on ${images} is below ${minAccuracy}`);
}
