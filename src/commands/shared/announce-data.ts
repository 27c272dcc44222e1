// Reports what is used of a data folder and what is not.

import { relative, sep } from 'node:path';
import { countClasses } from '../../dataset/folder/class-balance.js';
import type { ImageFolder, LabeledFile, SplitName, SplitPlace } from '../../dataset/folder/image-folder.js';
import type { LeftOut } from '../../dataset/folder/left-out.js';
import type { EventListener } from './events.js';
import type { ChosenImages } from './split-of-run.js';
import type { SplitChoice } from './split-parts.js';

export { describeLeftOut, isHarmless } from '../../dataset/folder/left-out.js';

/** Folders that are what anybody would take: not worth a word. */
const PLAIN_NAMES: Record<SplitName, readonly string[]> = {
  train: ['train'],
  validation: ['validation', 'val', 'valid'],
  test: ['test'],
};

/** Reports what of a data folder is used for which split, the classes with their counts, and what is not used. */
export function announceFolder(folder: ImageFolder, splits: readonly SplitName[], onEvent: EventListener): void {
  const { root, places, unusable, leftOut, classNames } = folder;
  announcePlaces(root, places, onEvent);
  for (const split of splits) {
    const files = folder.splits[split];
    if (files !== undefined) announceSplit(split, files, classNames, onEvent);
  }
  announceUnused({ root, unusable, leftOut }, onEvent);
}

/** Reports what of a data folder is not used, and why. */
export function announceUnused(
  { root, unusable, leftOut }: Pick<ImageFolder, 'root' | 'unusable' | 'leftOut'>,
  onEvent: EventListener,
): void {
  for (const split of unusable) onEvent({ type: 'unusable-split', ...split });
  announceLeftOut(root, leftOut, onEvent);
}

/** Reports the images that were chosen of a data folder, as `announceFolder` does. */
export function announceChosen({ folder, split, files, overlap }: ChosenImages, onEvent: EventListener): void {
  announcePlaces(folder.root, folder.places, onEvent);
  announceSplit(split, files, folder.classNames, onEvent);
  if (overlap !== null) onEvent({ type: 'overlap', split, imageCount: files.length, ...overlap });
  announceUnused(folder, onEvent);
}

/** Reports a split's images with the classes and their counts. @param split null for a folder that is not divided */
export function announceSplit(
  split: SplitChoice | null,
  files: readonly LabeledFile[],
  classNames: string[],
  onEvent: EventListener,
): void {
  const classCounts = countClasses(files, classNames.length);
  onEvent({ type: 'dataset', split, imageCount: files.length, classNames, classCounts });
}

/** Reports which folders were chosen, where it was a choice. */
export function announcePlaces(root: string, places: ImageFolder['places'], onEvent: EventListener): void {
  const entries = Object.entries(places) as [SplitName, SplitPlace][];
  const isPlain = entries.every(([split, { folder, classesBy }]) => {
    const isUsual = folder === root || PLAIN_NAMES[split].includes(relative(root, folder).toLowerCase());
    return classesBy === 'folders' && isUsual;
  });
  if (!isPlain) onEvent({ type: 'data-places', root, places });
}

/** Reports what lies in a data folder and is not used, one event for each reason. */
export function announceLeftOut(root: string, leftOut: readonly LeftOut[], onEvent: EventListener): void {
  for (const group of leftOut) onEvent({ type: 'left-out', root, ...group });
}

/** What was left out, with names within the data folder, as a run keeps it. */
export function nameLeftOut(root: string, leftOut: readonly LeftOut[]): LeftOut[] {
  return leftOut.map(({ reason, count, examples }) => ({
    reason,
    count,
    examples: examples.map((path) => relative(root, path).replaceAll(sep, '/')),
  }));
}
