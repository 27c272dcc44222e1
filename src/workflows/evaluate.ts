import { resolve } from 'node:path';
import type { BadFile } from '../dataset/batch.js';
import type { ImageFolder, SplitName } from '../dataset/image-folder.js';
import { ImageSource } from '../dataset/image-source.js';
import { scanImageFolder } from '../dataset/scan.js';
import { CnnvizError } from '../errors.js';
import type { FoundModel } from '../model/find-model.js';
import { judgeOutputs } from '../training/evaluation.js';
import { type EvaluateOptions, settleEvaluateOptions } from './model-options.js';
import { streamOutputs } from './output-stream.js';
import { warnOfUnsupported } from './train-data.js';
import { choosePreprocessing, locateNetwork, openTrainedNetwork, type TrainedNetwork } from './trained-network.js';

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
  badImages: BadFile[];
}

/**
 * Judges a trained network on one part of a data folder.
 *
 * @throws CnnvizError BELOW_THRESHOLD when the accuracy is less than `minAccuracy`; BAD_ARGUMENT, NO_MODEL, NOT_FOUND,
 * NOT_READABLE, BAD_MODEL, BAD_DATASET, BAD_IMAGE with `onBadImage: 'fail'`, BACKEND_UNAVAILABLE, ABORTED
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluateResult> {
  const settings = settleEvaluateOptions(options);
  const { onEvent = () => undefined, onBadImage, minAccuracy } = settings;
  const found = await locateNetwork(settings);
  const folder = await scanAsTrained(settings.data, found);
  const split = chooseSplit(folder, settings.split);
  const files = folder.splits[split] ?? [];
  onEvent({ type: 'dataset', split, imageCount: files.length, classNames: folder.classNames });
  warnOfUnsupported(folder, onEvent);
  const trained = await openTrainedNetwork(found, settings);
  try {
    checkClasses(folder, found, trained);
    const preprocessing = choosePreprocessing(found, trained.network.inputShape);
    // Every image is needed once: nothing is worth keeping.
    const source = new ImageSource(files, { preprocessing, onBadImage, cacheBudget: { limit: 0, used: 0 } });
    const figures = await judgeSource(trained, source, settings);
    for (const badFile of source.badFiles) onEvent({ type: 'bad-image', ...badFile });
    checkThreshold(figures, split, minAccuracy);
    return { model: trained.place, split, classNames: folder.classNames, ...figures, badImages: source.badFiles };
  } finally {
    trained.dispose();
  }
}

/** The folder that a run was trained on is split as it was then; another one is taken as it is. */
async function scanAsTrained(data: string, { run }: FoundModel): Promise<ImageFolder> {
  const { validationSplit, data: trainedOn } = run?.record.options ?? {};
  if (run !== undefined && trainedOn === resolve(data) && typeof validationSplit === 'number') {
    return scanImageFolder(data, { validationSplit, seed: run.record.seed });
  }
  return scanImageFolder(data, { validationSplit: 0 });
}

function chooseSplit({ root, splits }: ImageFolder, wanted: SplitName | undefined): SplitName {
  const held = (['test', 'validation', 'train'] as const).filter((name) => splits[name] !== undefined);
  const chosen = wanted ?? (held[0] as SplitName);
  if (held.includes(chosen)) return chosen;
  throw new CnnvizError('BAD_DATASET', `${root}: it has no ${chosen} images, only ${held.join(' and ')}`);
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

async function judgeSource(
  { network }: TrainedNetwork,
  source: ImageSource,
  settings: EvaluateOptions & { batchSize: number },
) {
  let [imageCount, lossSum, correctCount] = [0, 0, 0];
  for await (const { batch, outputs } of streamOutputs(network, source, settings)) {
    const judgement = judgeOutputs(outputs, batch.classIndexes);
    imageCount += batch.size;
    lossSum += judgement.lossSum;
    correctCount += judgement.correctCount;
  }
  return { imageCount, loss: lossSum / imageCount, accuracy: correctCount / imageCount };
}

function checkThreshold(figures: { accuracy: number; imageCount: number }, split: SplitName, minAccuracy = 0): void {
  const { accuracy, imageCount } = figures;
  if (accuracy >= minAccuracy) return;
  const images = `${imageCount} ${split} images`;
  throw new CnnvizError('BELOW_THRESHOLD', `accuracy ${accuracy.toFixed(4)} on ${images} is below ${minAccuracy}`);
}
