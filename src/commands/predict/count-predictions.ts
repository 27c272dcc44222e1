import { basename, dirname, resolve, sep } from 'node:path';

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
  /** the most frequent first; those of no image are left out */
  predicted: ClassCount[];
}

export interface PredictionCounts {
  /** every class, in the network's order; without names those that were predicted */
  classes: ClassCount[];
  /** empty where no image lies in a folder of a class's name */
  folders: FolderCount[];
  /** images in other folders */
  otherCount: number;
}

/**
 * Counts predictions by class, and by the folders that are named after classes.
 *
 * @param roots the paths that the images were named by: only folders below them, and they themselves, can stand for classes
 */
export function countPredictions(
  predictions: readonly { image: string; className: string }[],
  roots: readonly string[],
  classNames: readonly string[],
): PredictionCounts {
  const classes = new Map(classNames.map((name) => [name, 0]));
  const folders = new Map<string, Map<string, number>>();
  // As file systems spell them: a name with an accent has two spellings.
  const byFolderName = new Map(classNames.map((name) => [name.normalize('NFC'), name]));
  const rootFolders = new Set(roots.map((root) => resolve(root)));
  let otherCount = 0;
  for (const { image, className } of predictions) {
    increment(classes, className);
    const folder = findClassFolder(resolve(image), rootFolders, byFolderName);
    if (folder === undefined) otherCount++;
    else {
      const counts = folders.get(folder) ?? new Map<string, number>();
      folders.set(folder, counts);
      increment(counts, className);
    }
  }
  return {
    classes: [...classes].map(([className, count]) => ({ className, count })),
    folders: classNames.flatMap((className) => {
      const counts = folders.get(className);
      return counts === undefined ? [] : [describeFolder(className, counts)];
    }),
    otherCount,
  };
}

/** The class of the nearest folder around an image that is named after one. */
function findClassFolder(
  image: string,
  roots: ReadonlySet<string>,
  byFolderName: ReadonlyMap<string, string>,
): string | undefined {
  const isNamedItself = roots.has(image);
  for (let folder = dirname(image); folder.includes(sep); folder = dirname(folder)) {
    const className = byFolderName.get(basename(folder).normalize('NFC'));
    if (className !== undefined) return className;
    if (isNamedItself || roots.has(folder) || dirname(folder) === folder) return undefined;
  }
  return undefined;
}

function describeFolder(className: string, counts: ReadonlyMap<string, number>): FolderCount {
  const predicted = [...counts].map(([name, count]) => ({ className: name, count }));
  const imageCount = predicted.reduce((sum, { count }) => sum + count, 0);
  return { className, imageCount, predicted: predicted.sort((a, b) => b.count - a.count) };
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
