// Opens the images of a run.

import { CnnvizError } from '../../base/errors.js';
import type { Membership } from '../../cluster/membership.js';
import { pickAugmentation } from '../../dataset/augment/augmentation.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { lookAtFiles, readSize } from '../../dataset/examine/look-at-files.js';
import { countClasses } from '../../dataset/folder/class-balance.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import { scanImageFolder } from '../../dataset/folder/scan.js';
import type { BadFile, StreamPosition } from '../../dataset/stream/batch.js';
import type { BatchSource } from '../../dataset/stream/batch-source.js';
import { type BatchShare, BatchStream } from '../../dataset/stream/batches.js';
import { type CacheBudget, createCacheBudget } from '../../dataset/stream/cache-budget.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import { ExampleStream } from '../../training/examples.js';
import { announceFolder } from '../shared/announce-data.js';
import type { EventListener } from '../shared/events.js';
import { warnOfData, weighClasses } from './data-guards.js';
import type { TrainingEvent } from './events.js';
import { warnOfGroups } from './group-guards.js';
import { type TrainSettings, trainsOnFeatures } from './settings.js';
import { TrainingCheck } from './training-check.js';
import type { TrainingData } from './training-data.js';
import { requireUsable } from './usable-guard.js';

/**
 * Lists the data folder and reports what is in it.
 *
 * @param own how images become the input of a network that knows; default: as the settings say
 * @param workers of whom each sees some of the images only: none of them examines these on the way
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET
 */
export async function openTrainingData(
  settings: TrainSettings,
  onEvent: EventListener<TrainingEvent>,
  { own, workers }: { own?: Preprocessing | undefined; workers?: Membership | undefined } = {},
): Promise<TrainingData> {
  const { validationSplit, seed, onBadImage } = settings;
  onEvent({ type: 'stage', stage: 'scanning' });
  const folder = await scanImageFolder(settings.data, { validationSplit, seed, groupBy: settings.groupBy });
  const { train, validation } = folder.splits;
  if (train === undefined) {
    throw new CnnvizError('BAD_DATASET', `${folder.root}: it has no train folder`, {
      hint: 'Put the images into DIR/train/CLASS/..., or the class folders directly into DIR.',
    });
  }
  const { classNames } = folder;
  announceFolder(folder, ['train', 'validation'], onEvent);
  warnOfGroups(folder, settings, onEvent);
  await warnOfData(folder, settings, onEvent);
  const preprocessing = own ?? toPreprocessing(settings);
  const cacheBudget = planCache(settings);
  if (settings.check && workers) onEvent({ type: 'unchecked', workers: workers.addresses.length });
  const check = settings.check && !workers ? new TrainingCheck(folder.root, train, validation) : undefined;
  const open = (files: LabeledFile[], split: 'train' | 'validation') => {
    const look = check?.watch(split);
    return new ImageSource(files, { preprocessing, cacheBudget, onBadImage, hashesContent: true, look });
  };
  const sources = { train: open(train, 'train'), validation: validation && open(validation, 'validation') };
  await requireUsable(sources, classNames, onEvent);
  return {
    root: folder.root,
    leftOut: folder.leftOut,
    classNames,
    preprocessing,
    ...sources,
    check,
    sizes: await lookAtFiles(
      [...train, ...(validation ?? [])].map(({ path }) => path),
      readSize,
      { signal: settings.signal },
    ),
  };
}

/** How images become the input of a network that `train` builds. */
export function toPreprocessing({ imageSize, interpolation, autoOrient }: TrainSettings): Preprocessing {
  return { height: imageSize, width: imageSize, interpolation, autoOrient, rescale: 1 / 255 };
}

/** Images of which only features are used are decoded once: there is nothing to keep. */
function planCache(settings: TrainSettings): CacheBudget {
  const { cacheMemory } = settings;
  if (trainsOnFeatures(settings)) return createCacheBudget(0);
  return createCacheBudget(cacheMemory === undefined ? undefined : cacheMemory * 1e6);
}

/** The files of both parts that were found unusable so far. */
export function listBadFiles({ train, validation }: TrainingData): BadFile[] {
  return [...train.badFiles, ...(validation?.badFiles ?? [])];
}

/** How many images of each class are not known to be unusable. */
export function countUsable({ train, validation, classNames }: TrainingData): Record<'train' | 'validation', number[]> {
  const count = (source: ImageSource | undefined) => {
    const bad = new Set(source?.badFiles.map(({ path }) => path));
    const usable = source?.files.filter(({ path }) => !bad.has(path)) ?? [];
    return countClasses(usable, classNames.length);
  };
  return { train: count(train), validation: count(validation) };
}

/**
 * Endless, every pass in an order of its own; images are augmented as the settings say.
 *
 * @param source the images to train on, or what stands for them
 * @param share this worker's part of every batch; absent: all of it
 */
export function openTrainingStream(
  source: BatchSource,
  { train, classNames }: TrainingData,
  settings: TrainSettings,
  start?: StreamPosition,
  share?: BatchShare,
): ExampleStream {
  const { batchSize, seed, labelSmoothing } = settings;
  const options = { batchSize, shuffleSeed: seed, share, ...(start === undefined ? {} : { start }) };
  const augmentation = pickAugmentation(settings);
  const augmenting = augmentation && { augmentation, seed };
  const classWeights = weighClasses(train.files, classNames, settings);
  const exampleOptions = { augmenting, classWeights, labelSmoothing };
  return new ExampleStream(new BatchStream(source, options), classNames.length, exampleOptions);
}

/**
 * The same examples in every epoch, as in Keras, and as they are. Where they are not all of them they are drawn: in the files'
 * own order the first steps would see one class only.
 */
export function openValidationStream(
  source: BatchSource,
  { classNames }: TrainingData,
  settings: TrainSettings,
  share?: BatchShare,
): { steps: number; open: () => ExampleStream } {
  const { batchSize, seed, validationSteps } = settings;
  const batchesPerPass = Math.ceil(source.files.length / batchSize);
  const steps = Math.min(validationSteps ?? batchesPerPass, batchesPerPass);
  const options = { batchSize, endPass: 1, share, ...(steps < batchesPerPass ? { shuffleSeed: seed } : {}) };
  return { steps, open: () => new ExampleStream(new BatchStream(source, options), classNames.length) };
}
