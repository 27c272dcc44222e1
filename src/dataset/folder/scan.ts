// Lists a data folder: classes, files, splits.

import { badArgument, CnnvizError } from '../../base/errors.js';
import type { ClassPart, UnlabeledPart } from './class-part.js';
import { sortNames } from './folder-entries.js';
import { type GroupBy, groupFiles } from './group-by.js';
import type { ImageFolder, SplitName } from './image-folder.js';
import { type DataLayout, findLayout } from './layout.js';
import { LeftOutList } from './left-out.js';
import { type DataFolder, openDataFolder } from './open-data-folder.js';
import { listClassFiles, listClassNames } from './part-files.js';
import { splitStratified } from './split.js';
import { splitGroups } from './split-groups.js';

export interface ScanOptions {
  /** fraction in [0, 1) of the training images to set aside where the folder has no validation folder; default 0.2 */
  validationSplit?: number;
  /** uint32; default 0 */
  seed?: number;
  /** what must not be set aside in part: `folder`, or a regular expression for names; see `groupFiles` */
  groupBy?: GroupBy | undefined;
  /** whether splits may have other classes than others, or one class only, since nothing is trained on them; default false */
  anyClasses?: boolean;
}

/**
 * Lists a data folder: `root/train/<class>/...` with optional `validation` and `test` beside it, `root/<class>/...`, or any
 * other shape that `findLayout` recognizes; of a folder, of a `.tar` archive, or of several as `photos-{000..009}.tar`. Where there is no validation folder, a seeded and stratified part of the training
 * files serves. Classes and files come in the order of Keras's `flow_from_directory`. Only files are opened whose names do not
 * say what they are.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET (no images, one class only, an empty class, classes that
 * differ between training and validation, splits in place of classes, a file in place of the folder), BAD_ARGUMENT
 *
 * @example
 * ```ts
 * import { scanImageFolder } from 'cnnviz';
 *
 * const { classNames, splits } = await scanImageFolder('cats_dogs');
 * console.log(classNames, splits.train?.length);
 * ```
 */
export async function scanImageFolder(root: string, options: ScanOptions = {}): Promise<ImageFolder> {
  const { validationSplit = 0.2, seed = 0, groupBy, anyClasses = false } = options;
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw badArgument('validationSplit', 'a number of at least 0 and below 1', validationSplit);
  }
  const opened = await openDataFolder(root, 'Name a folder that contains one folder of images per class.');
  const result = await listSplits(opened, await requireLayout(opened.folder, anyClasses), anyClasses);
  const { train, validation } = result.splits;
  if (train !== undefined && validation === undefined && validationSplit > 0) {
    const keys = groupBy === undefined ? undefined : groupFiles(train, opened.root, result.classNames, groupBy).keys;
    Object.assign(
      result.splits,
      keys === undefined
        ? splitStratified(train, result.classNames, validationSplit, seed)
        : splitGroups(train, keys, result.classNames, validationSplit, seed),
    );
  }
  return result;
}

/** @throws CnnvizError BAD_DATASET if there are no recognizable classes */
async function requireLayout(folder: string, anyClasses: boolean): Promise<DataLayout> {
  const layout = await findLayout(folder);
  if (!('classesBy' in layout)) {
    if (anyClasses) takeIncomplete(layout);
    return layout;
  }
  const leftOut = new LeftOutList();
  const part = anyClasses ? takeOneClass(layout) : undefined;
  if (part === undefined) throw describeUnlabeled(layout);
  return { parts: { train: part }, isDivided: false, unlabeled: {}, leftOut };
}

/** Takes splits that have one of the classes only. */
function takeIncomplete({ parts, unlabeled }: DataLayout): void {
  const known = new Set(Object.values(parts).flatMap(listClassNames));
  for (const [split, found] of Object.entries(unlabeled) as [SplitName, UnlabeledPart][]) {
    const part = takeOneClass(found);
    if (part === undefined || !known.has(found.only?.name as string)) continue;
    parts[split] = part;
    delete unlabeled[split];
  }
}

function takeOneClass({ folder, only }: UnlabeledPart): ClassPart | undefined {
  return only && { classesBy: 'folders', folder, classes: [only], leftOut: new LeftOutList() };
}

async function listSplits(
  { root, leftOut: archived }: DataFolder,
  layout: DataLayout,
  anyClasses: boolean,
): Promise<ImageFolder> {
  const leftOut = new LeftOutList();
  leftOut.merge(archived);
  leftOut.merge(layout.leftOut.toArray());
  const classNames = nameClasses(layout, anyClasses);
  const result: ImageFolder = { root, classNames, splits: {}, places: {}, unusable: [], leftOut: [] };
  for (const split of ['train', 'validation', 'test'] as const) {
    const part = layout.parts[split];
    if (part !== undefined) await listSplit(split, part, result, leftOut, anyClasses);
    const unlabeled = layout.unlabeled[split];
    if (unlabeled !== undefined) refuseSplit(split, unlabeled, result, anyClasses);
  }
  result.leftOut = leftOut.toArray();
  return result;
}

/** The classes of the first split, and where that is allowed, all that others have besides. */
function nameClasses({ parts }: DataLayout, anyClasses: boolean): string[] {
  const [first = [], ...others] = (['train', 'validation', 'test'] as const).flatMap((split) => {
    const part = parts[split];
    return part === undefined ? [] : [listClassNames(part)];
  });
  const surplus = others.flat().filter((name) => !first.includes(name));
  return anyClasses && surplus.length > 0 ? sortNames([...new Set([...first, ...surplus])]) : first;
}

async function listSplit(
  split: SplitName,
  part: ClassPart,
  result: ImageFolder,
  leftOut: LeftOutList,
  anyClasses: boolean,
): Promise<void> {
  const difference = anyClasses ? undefined : describeDifference(result, listClassNames(part));
  if (difference === undefined) {
    result.splits[split] = await listClassFiles(part, result, leftOut);
    result.places[split] = { folder: part.folder, classesBy: part.classesBy };
    return;
  }
  const problem = `${difference}, compared with ${Object.keys(result.splits)[0]}`;
  if (split === 'test') {
    result.unusable.push({ split, folder: part.folder, problem });
    return;
  }
  throw new CnnvizError('BAD_DATASET', `the classes differ: ${part.folder} ${problem}`, {
    hint: 'Every split needs the same class folders.',
  });
}

/** A split without classes is not used, unless it is the one to train on, or holds one of its classes. */
function refuseSplit(split: SplitName, part: UnlabeledPart, result: ImageFolder, anyClasses: boolean): void {
  const { folder, problem, only } = part;
  const isIncomplete = split === 'validation' && only !== undefined && result.classNames.includes(only.name);
  if (!anyClasses && (split === 'train' || isIncomplete)) {
    throw describeUnlabeled(part);
  }
  result.unusable.push({ split, folder, problem });
}

function describeUnlabeled({ folder, problem, hint, isFlat, only }: UnlabeledPart): CnnvizError {
  const needed = isFlat || only !== undefined ? '; at least two classes are needed' : '';
  return new CnnvizError('BAD_DATASET', `${folder} ${problem}${needed}`, { hint });
}

function describeDifference(result: ImageFolder, classNames: readonly string[]): string | undefined {
  const missing = result.classNames.filter((name) => !classNames.includes(name));
  const surplus = classNames.filter((name) => !result.classNames.includes(name));
  const parts = [
    ...(missing.length > 0 ? [`is missing ${missing.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`has extra ${surplus.join(', ')}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' and ');
}
