import type { CheckedPrediction } from '../shared/true-class.js';

/** How many images were taken for a class. */
export interface ClassCount {
  className: string;
  count: number;
}

/** What the images in folders of one class's name were taken for. */
export interface FolderCount {
  /** the class that the folder is named after */
  className: string;
  imageCount: number;
  /** images that were taken for this class */
  correctCount: number;
  /** the most frequent first; those of no image are left out */
  predicted: ClassCount[];
}

export interface PredictionCounts {
  /** every class, in the network's order; without names those that were predicted */
  classes: ClassCount[];
  /** empty where no image lies in a folder of a class's name */
  folders: FolderCount[];
  /** images in such folders */
  checkedCount: number;
  /** those of them that were taken for the class of their folder */
  correctCount: number;
  /** images in other folders */
  otherCount: number;
}

/** Counts predictions by class, and by the folders that are named after classes. */
export function countPredictions(
  predictions: readonly Pick<CheckedPrediction, 'className' | 'trueClass'>[],
  classNames: readonly string[],
): PredictionCounts {
  const classes = new Map(classNames.map((name) => [name, 0]));
  const byTrueClass = new Map<string, Map<string, number>>();
  for (const { className, trueClass } of predictions) {
    increment(classes, className);
    if (trueClass === undefined) continue;
    const counts = byTrueClass.get(trueClass) ?? new Map<string, number>();
    byTrueClass.set(trueClass, counts);
    increment(counts, className);
  }
  const folders = classNames.flatMap((className) => {
    const counts = byTrueClass.get(className);
    return counts === undefined ? [] : [describeFolder(className, counts)];
  });
  const checkedCount = sum(folders.map(({ imageCount }) => imageCount));
  return {
    classes: [...classes].map(([className, count]) => ({ className, count })),
    folders,
    checkedCount,
    correctCount: sum(folders.map(({ correctCount }) => correctCount)),
    otherCount: predictions.length - checkedCount,
  };
}

function describeFolder(className: string, counts: ReadonlyMap<string, number>): FolderCount {
  const predicted = [...counts].map(([name, count]) => ({ className: name, count }));
  return {
    className,
    imageCount: sum([...counts.values()]),
    correctCount: counts.get(className) ?? 0,
    predicted: predicted.sort((a, b) => b.count - a.count),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
