import { resolve } from 'node:path';
import type { BadFile } from '../dataset/batch.js';
import type { ImageFolder, LabeledFile, SplitName } from '../dataset/image-folder.js';
import { ImageSource } from '../dataset/image-source.js';
import { CnnvizError } from '../errors.js';
import { type AssessedClass, assess } from '../evaluation/assess.js';
import type { Calibration } from '../evaluation/calibration.js';
import type { ClassFigures } from '../evaluation/class-figures.js';
import type { ConfusionMatrix } from '../evaluation/confusion-matrix.js';
import { findMistakes } from '../evaluation/mistakes.js';
import { ScoreSheet, type Scores } from '../evaluation/scores.js';
import type { Interval } from '../evaluation/wilson-interval.js';
import type { FoundModel } from '../model/find-model.js';
import { checkResultsFolder } from '../report/results-folder.js';
import { judgeOutputs } from '../training/evaluation.js';
import { type EvaluateOptions, settleEvaluateOptions } from './model-options.js';
import { streamOutputs } from './output-stream.js';
import { chooseSplit, scanAsTrained } from './split-of-run.js';
import { warnOfUnsupported } from './train-data.js';
import { choosePreprocessing, locateNetwork, openTrainedNetwork, type TrainedNetwork } from './trained-network.js';
import { TurnedImages } from './turned-images.js';

export interface EvaluateResult {
  /** where the network was found, and which of its weights were judged */
  model: TrainedNetwork['place'];
  split: SplitName;
  classNames: string[];
  /** images judged; bad ones do not count */
  imageCount: number;
  /** mean cross-entropy */
  loss: number;
  /** 0..1 */
  accuracy: number;
  /** 95 % confidence interval of the accuracy: Wilson's score interval */
  accuracyInterval: Interval;
  /** in the order of `classNames` */
  classes: ({ className: string } & AssessedClass)[];
  /** means over the classes */
  macro: ClassFigures;
  /** area under the ROC curve, 0..1: one for two classes, of more the mean of each against the rest; null for images of one class */
  rocAuc: number | null;
  /** expected calibration error, and the 15 bins that it comes from */
  calibration: Calibration;
  /** images of each class (row) that were taken for each class (column) */
  confusionMatrix: ConfusionMatrix;
  mistakeCount: number;
  /** the worst ones first, as many as asked for */
  mistakes: WrongImage[];
  badImages: BadFile[];
  /** the folder with the pictures, where one was asked for */
  out?: string;
}

/** An image that was taken for another class, and how sure the network was: probabilities are 0..1. */
export interface WrongImage {
  path: string;
  trueClass: string;
  predictedClass: string;
  /** of the predicted class */
  probability: number;
  trueProbability: number;
}

/**
 * Judges a trained network on one part of a data folder; keeps the scores of its images and nothing else of them.
 *
 * @throws CnnvizError BELOW_THRESHOLD when the accuracy is less than `minAccuracy`, the pictures being written; BAD_ARGUMENT, NO_MODEL, NOT_FOUND,
 * NOT_READABLE, BAD_MODEL, BAD_DATASET, BAD_IMAGE with `onBadImage: 'fail'`, BACKEND_UNAVAILABLE, ABORTED
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluateResult> {
  const settings = settleEvaluateOptions(options);
  const { onEvent = () => undefined, onBadImage, minAccuracy, out } = settings;
  if (out !== undefined) await checkResultsFolder(out);
  const found = await locateNetwork(settings);
  const folder = await scanAsTrained(settings.data, found);
  const split = chooseSplit(folder, settings.split);
  const files = folder.splits[split] ?? [];
  onEvent({ type: 'dataset', split, imageCount: files.length, classNames: folder.classNames });
  warnOfUnsupported(folder, onEvent);
  const trained = await openTrainedNetwork(found, settings);
  try {
    checkClasses(folder, found, trained);
    const preprocessing = choosePreprocessing(found, trained.network.inputShape, settings);
    // Every image is needed once: nothing is worth keeping.
    const cacheBudget = { limit: 0, used: 0 };
    const turned = new TurnedImages();
    const source = new ImageSource(files, { preprocessing, onBadImage, cacheBudget, onDecoded: turned.onDecoded });
    const { loss, scores } = await scoreImages(trained, source, folder.classNames.length, settings);
    for (const badFile of source.badFiles) onEvent({ type: 'bad-image', ...badFile });
    turned.warn(
      files.map(({ path }) => path),
      preprocessing,
      onEvent,
    );
    const figures = describeFigures(scores, folder.classNames, files, settings.mistakes);
    const imageCount = scores.classIndexes.length;
    const { classNames } = folder;
    const result = {
      model: trained.place,
      split,
      classNames,
      imageCount,
      loss,
      ...figures,
      badImages: source.badFiles,
    };
    if (out !== undefined) {
      // Not before it is needed: the chart library takes a fifth of a second to load.
      const { writeEvaluation } = await import('./evaluation-folder.js');
      await writeEvaluation(out, result, scores, preprocessing.autoOrient, onEvent);
    }
    checkThreshold(result, minAccuracy);
    return out === undefined ? result : { ...result, out: resolve(out) };
  } finally {
    trained.dispose();
  }
}

/** A class must mean the same to the network and to the folder. @throws CnnvizError BAD_DATASET */
function checkClasses({ root, classNames }: ImageFolder, { run }: FoundModel, { description }: TrainedNetwork): void {
  const known = run?.record.classNames;
  const units = description.layers.at(-1)?.outputShape.at(-1) ?? 0;
  const matches =
    known === undefined ? classNames.length === Math.max(units, 2) : known.join('/') === classNames.join('/');
  if (matches) return;
  const expected = known === undefined ? `${Math.max(units, 2)} classes` : `the classes ${known.join(', ')}`;
  throw new CnnvizError(
    'BAD_DATASET',
    `${root}: the network knows ${expected}, the folder has ${classNames.join(', ')}`,
  );
}

/** @throws CnnvizError BAD_MODEL where the network gives no number; and as `streamOutputs` does */
async function scoreImages(
  { network, place }: TrainedNetwork,
  source: ImageSource,
  classCount: number,
  settings: EvaluateOptions & { batchSize: number },
): Promise<{ loss: number; scores: Scores }> {
  const sheet = new ScoreSheet(source.files.length, classCount);
  let lossSum = 0;
  for await (const { batch, outputs } of streamOutputs(network, source, settings)) {
    if (outputs.some(Number.isNaN)) {
      throw new CnnvizError('BAD_MODEL', `${place.path}: the network gives NaN: its training went wrong`);
    }
    lossSum += judgeOutputs(outputs, batch.classIndexes).lossSum;
    sheet.add(outputs, batch.classIndexes, batch.fileIndexes);
  }
  const { scores } = sheet;
  return { loss: lossSum / scores.classIndexes.length, scores };
}

function describeFigures(scores: Scores, classNames: string[], files: readonly LabeledFile[], mistakesAtMost: number) {
  const assessment = assess(scores);
  const mistakes = findMistakes(scores);
  const nameOf = (index: number) => classNames[index] as string;
  return {
    ...assessment,
    classes: assessment.classes.map((figures, index) => ({ className: nameOf(index), ...figures })),
    mistakeCount: mistakes.length,
    mistakes: mistakes.slice(0, mistakesAtMost).map((mistake) => ({
      path: (files[mistake.imageIndex] as LabeledFile).path,
      trueClass: nameOf(mistake.trueClass),
      predictedClass: nameOf(mistake.predictedClass),
      probability: mistake.probability,
      trueProbability: mistake.trueProbability,
    })),
  };
}

function checkThreshold({ accuracy, imageCount, split }: EvaluateResult, minAccuracy = 0): void {
  if (accuracy >= minAccuracy) return;
  const images = `${imageCount} ${split} images`;
  throw new CnnvizError('BELOW_THRESHOLD', `accuracy ${accuracy.toFixed(4)} on ${images} is below ${minAccuracy}`);
}
