// Which class the folder of an image says that it shows, and whether a prediction agrees.

import { basename, dirname, resolve, sep } from 'node:path';
import type { Prediction } from './classify.js';

/** A prediction, with what the image's folder says of it. */
export interface CheckedPrediction extends Prediction {
  /** the class that the image's folder is named after; absent where it is named after none */
  trueClass?: string;
  /** whether the prediction is that class; absent where that is not known */
  correct?: boolean;
}

/** The class that an image's folder is named after; undefined where it is named after none. */
export type TrueClassOf = (image: string) => string | undefined;

/**
 * Finds the true classes of images by their folders: the nearest folder around an image that has exactly a class's name.
 *
 * @param roots the paths that the images were named by: only folders below them, and they themselves, can stand for
 * classes; for an image that was named itself, the folder that it lies in
 */
export function readTrueClasses(roots: readonly string[], classNames: readonly string[]): TrueClassOf {
  // As file systems spell them: a name with an accent has two spellings.
  const byFolderName = new Map(classNames.map((name) => [name.normalize('NFC'), name]));
  const rootFolders = new Set(roots.map((root) => resolve(root)));
  return (image) => findClassFolder(resolve(image), rootFolders, byFolderName);
}

function findClassFolder(
  image: string,
  roots: ReadonlySet<string>,
  byFolderName: ReadonlyMap<string, string>,
): string | undefined {
  const isNamedItself = roots.has(image);
  for (let folder = dirname(image); folder.includes(sep); folder = dirname(folder)) {
    const className = byFolderName.get(basename(folder).normalize('NFC'));
    if (className !== undefined) return className;
    const isEnd = isNamedItself || roots.has(folder) || dirname(folder) === folder || folder.endsWith('.tar');
    if (isEnd) return undefined;
  }
  return undefined;
}

/** Adds to a prediction what the image's folder says of it, if anything. */
export function checkPrediction(prediction: Prediction, trueClass: string | undefined): CheckedPrediction {
  if (trueClass === undefined) return prediction;
  const { className, labels } = prediction;
  const correct =
    labels === undefined ? className === trueClass : labels.some((label) => label.className === trueClass);
  return { ...prediction, trueClass, correct };
}

/** `right` or `WRONG: the folder says dogs`; undefined where the folder says nothing. */
export function describeCorrectness({
  trueClass,
  correct,
}: Pick<CheckedPrediction, 'trueClass' | 'correct'>): string | undefined {
  if (trueClass === undefined) return undefined;
  return correct ? 'right' : `WRONG: the folder says ${trueClass}`;
}

/** `cats 0.9602, WRONG: the folder says dogs`, for a picture's title; undefined where the folder says nothing. */
export function describeChecked(prediction: CheckedPrediction | null): string | undefined {
  const correctness = prediction && describeCorrectness(prediction);
  return correctness ? `${describePrediction(prediction)}, ${correctness}` : undefined;
}

/** `cats 0.9602` */
export function describePrediction({ className, probability }: Prediction): string {
  return `${className} ${probability.toFixed(4)}`;
}
