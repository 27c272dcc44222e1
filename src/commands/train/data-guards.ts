// What in the data makes metrics too good.

import { relative } from 'node:path';
import { describeOddRange } from '../../dataset/augment/augmentation.js';
import { findSharedImages } from '../../dataset/examine/shared-images.js';
import { balanceClasses, countClasses } from '../../dataset/folder/class-balance.js';
import type { ImageFolder, LabeledFile } from '../../dataset/folder/image-folder.js';
import type { ImageSource } from '../../dataset/stream/image-source.js';
import type { TrainingLoop } from '../../training/loop.js';
import type { Chance } from '../../training/stuck-at-chance.js';
import { describeImbalance } from '../shared/class-imbalance.js';
import type { EventListener } from '../shared/events.js';
import type { TrainingEvent } from './events.js';
import type { TrainSettings } from './settings.js';
import type { TrainingData } from './training-data.js';

/** Warns of what makes metrics look better than they are: one class outweighs another, validation contains training images. */
export async function warnOfData(
  { root, classNames, splits }: ImageFolder,
  settings: TrainSettings,
  onEvent: EventListener<TrainingEvent>,
): Promise<void> {
  const { train = [], validation = [] } = splits;
  const odd = describeOddRange(settings);
  if (odd !== undefined) onEvent({ type: 'warning', message: odd });
  const weights = weighClasses(train, classNames, settings);
  if (weights === undefined) warnOfImbalance(train, classNames, onEvent);
  else onEvent({ type: 'class-weights', classNames, weights });
  onEvent({ type: 'stage', stage: 'comparing' });
  const pathOf = ({ path }: LabeledFile) => path;
  const shared = await findSharedImages(train.map(pathOf), validation.map(pathOf), settings.signal);
  const [first] = shared;
  if (first === undefined) return;
  const images =
    shared.length === 1 ? '1 validation image also appears' : `${shared.length} validation images also appear`;
  const example = `${relative(root, first.validation)} (= ${relative(root, first.train)})`;
  onEvent({
    type: 'warning',
    message: `${images} in train, so validation metrics are too good${shared.length === 1 ? ': ' : ', for example '}${example}`,
  });
}

function warnOfImbalance(
  files: readonly LabeledFile[],
  classNames: readonly string[],
  onEvent: EventListener<TrainingEvent>,
): void {
  const message = describeImbalance(countClasses(files, classNames.length), classNames);
  if (message === undefined) return;
  onEvent({ type: 'warning', message: `${message}; --class-weight balanced gives all classes the same weight` });
}

/** What guessing would score in an epoch's training and validation. */
export function describeChance(
  { train, validation, classNames }: TrainingData,
  settings: TrainSettings,
  { steps, validationSteps }: Pick<TrainingLoop, 'steps' | 'validationSteps'>,
): { train: Chance; validation: Chance | undefined } {
  const describe = ({ files }: ImageSource, batches: number): Chance => ({
    accuracy: Math.max(...countClasses(files, classNames.length)) / files.length,
    images: Math.min(batches * settings.batchSize, files.length),
  });
  const isImbalanced =
    weighClasses(train.files, classNames, settings) === undefined &&
    describeImbalance(countClasses(train.files, classNames.length), classNames) !== undefined;
  return {
    train: { ...describe(train, steps), isImbalanced },
    validation: validation && describe(validation, validationSteps),
  };
}

/** What an example of each class counts in training; undefined: all the same. */
export function weighClasses(
  files: readonly LabeledFile[],
  classNames: readonly string[],
  { classWeight }: TrainSettings,
): number[] | undefined {
  return classWeight === 'balanced' ? balanceClasses(countClasses(files, classNames.length)) : undefined;
}
