import { resolve } from 'node:path';
import { badArgument, CnnvizError } from '../../base/errors.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import { type AssessedClass, assess } from '../../evaluation/assess.js';
import { averageClasses, mean } from '../../evaluation/class-metrics.js';
import { findMistakes, type LabeledPrediction, rankByLabel } from '../../evaluation/mistakes.js';
import { ScoreSheet, type Scores } from '../../evaluation/scores.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { evaluateOutputs } from '../../training/evaluation.js';
import { announceChosen } from '../shared/announce-data.js';
import { requireFinite, requireProbabilities } from '../shared/classify.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openDecoder } from '../shared/open-decoder.js';
import { streamOutputs } from '../shared/output-stream.js';
import { describeSource, onImages } from '../shared/picture-source.js';
import { chooseRunImages } from '../shared/split-of-run.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { TurnedImages } from '../shared/turned-images.js';
import { matchClasses } from './match-classes.js';
import { EVALUATE_OPTIONS, type EvaluateOptions, expectedData } from './options.js';
import type { EvaluateResult, LabeledImage } from './result.js';

/**
 * Evaluates a trained network on one part of a data folder; keeps only the scores of its images.
 *
 * @throws CnnvizError BELOW_THRESHOLD if the accuracy is below `minAccuracy`, after the pictures are written;
 * BAD_ARGUMENT, NO_MODEL, NOT_FOUND,
 * NOT_READABLE, BAD_MODEL, BAD_DATASET, BAD_IMAGE with `onBadImage: 'fail'`, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { evaluate } from 'cnnviz';
 *
 * const { accuracy, accuracyInterval, mistakes } = await evaluate({ data: 'cats_dogs', split: 'test' });
 * if (accuracy < 0.85) console.log(accuracyInterval, mistakes[0]?.path);
 * ```
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluateResult> {
  const settings = resolveOptions(EVALUATE_OPTIONS, options);
  const { onEvent = () => undefined, onBadImage, minAccuracy, out } = settings;
  if (settings.data === undefined && settings.suspects === undefined)
    throw badArgument('data', expectedData, undefined);
  if (out !== undefined) await checkResultsFolder(out);
  const found = await locateNetwork(settings);
  const data = settings.data ?? findRunData(found);
  const joinsHeldOut = settings.suspects !== undefined;
  const chosen = await chooseRunImages(data, settings.split, found, { ...settings, joinsHeldOut });
  const { split, overlap } = chosen;
  announceChosen(chosen, onEvent);
  using trained = await openTrainedNetwork(found, { ...settings, images: chosen.files.map(({ path }) => path) }, [
    'run',
  ]);
  requireClasses(trained);
  const { files, ...classes } = matchClasses(chosen, found, trained, onEvent);
  const { classNames } = classes;
  const { preprocessing } = trained;
  // Every image is needed once: nothing is worth keeping.
  const cacheBudget = { limit: 0, used: 0 };
  const turned = new TurnedImages();
  const source = new ImageSource(files, { preprocessing, onBadImage, cacheBudget, onDecoded: turned.onDecoded });
  using decoder = await openDecoder(trained.backend.name);
  source.decoder = decoder;
  const { loss, scores } = await scoreImages(trained, source, classNames.length, settings);
  for (const badFile of source.badFiles) onEvent({ type: 'bad-image', ...badFile });
  turned.warn(
    files.map(({ path }) => path),
    preprocessing,
    onEvent,
  );
  const metrics = describeMetrics(scores, classNames, files, settings);
  const imageCount = scores.classIndexes.length;
  const result = {
    model: trained.place,
    precision: trained.network.precision,
    split,
    ...classes,
    overlap,
    imageCount,
    loss,
    ...metrics,
    badImages: source.badFiles,
  };
  if (out !== undefined) {
    // Not before it is needed: the chart library takes a fifth of a second to load.
    const { writeEvaluation } = await import('./evaluation-folder.js');
    const network = await describeSource(found, trained.place);
    const source = onImages(network, { path: data, split, imageCount });
    await writeEvaluation(out, result, scores, { source, autoOrient: preprocessing.autoOrient, onEvent });
  }
  checkThreshold(result, minAccuracy);
  return out === undefined ? result : { ...result, out: resolve(out) };
}

/** @throws CnnvizError BAD_MODEL if the network outputs NaN or infinity; and as `streamOutputs` does */
async function scoreImages(
  { network, place }: TrainedNetwork,
  source: ImageSource,
  classCount: number,
  settings: EvaluateOptions & { batchSize: number },
): Promise<{ loss: number; scores: Scores }> {
  const sheet = new ScoreSheet(source.files.length, classCount);
  let lossSum = 0;
  for await (const { batch, outputs } of streamOutputs(network, source, settings)) {
    requireFinite(outputs, `${place.path}: the network`);
    lossSum += evaluateOutputs(outputs, batch.classIndexes).lossSum;
    sheet.add(outputs, batch.classIndexes, batch.fileIndexes);
  }
  const { scores } = sheet;
  return { loss: lossSum / scores.classIndexes.length, scores };
}

/** @throws CnnvizError BAD_MODEL for a network that does not give one class an image */
function requireClasses({ network, place: { path } }: TrainedNetwork): void {
  requireProbabilities(network, path, 'evaluate needs');
  if (network.outputKind !== 'labels') return;
  throw new CnnvizError(
    'BAD_MODEL',
    `${path}: it gives each label by itself (a sigmoid a label): an image in a folder of one class says nothing of the others`,
    { hint: 'predict --csv writes the probability of every label.' },
  );
}

/** The folder that the network was trained on. @throws CnnvizError BAD_ARGUMENT where nobody knows it */
function findRunData({ run, modelPath }: LocatedNetwork): string {
  const { data } = run?.record.options ?? {};
  if (typeof data === 'string') return data;
  throw new CnnvizError(
    'BAD_ARGUMENT',
    `data: expected ${expectedData}: ${modelPath} does not say which it was trained on`,
    {
      options: ['data'],
    },
  );
}

function describeMetrics(
  scores: Scores,
  classNames: string[],
  files: readonly LabeledFile[],
  atMost: { mistakes: number; suspects?: number },
) {
  const assessment = assess(scores);
  const mistakes = findMistakes(scores);
  const nameOf = (index: number) => classNames[index] as string;
  const describe = (image: LabeledPrediction): LabeledImage => ({
    path: (files[image.imageIndex] as LabeledFile).path,
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
