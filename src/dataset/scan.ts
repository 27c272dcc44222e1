import path from 'node:path';
import { badArgument, CnnvizError } from '../errors.js';
import { type GroupBy, groupFiles } from './group-by.js';
import { classifyName, listFolderNames, listImageFiles, readFolder } from './image-files.js';
import type { ImageFolder, LabeledFile, SplitName } from './image-folder.js';
import { findSplitFolders } from './layout.js';
import { requireFolder } from './require-folder.js';
import { splitStratified } from './split.js';
import { splitGroups } from './split-groups.js';

export interface ScanOptions {
  /** fraction in [0, 1) of the training images to set aside where the folder has no validation folder; default 0.2 */
  validationSplit?: number;
  /** uint32; default 0 */
  seed?: number;
  /** what must not be set aside in part: `folder`, or a regular expression for names; see `groupFiles` */
  groupBy?: GroupBy | undefined;
}

/**
 * Lists a data folder without opening a file: `root/train/<class>/...` with optional `validation` and `test` beside it, or
 * `root/<class>/...`. Where there is no validation folder, a seeded and stratified part of the training files serves.
 * Classes and files come in the order of Keras's `flow_from_directory`.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET (no images, one class only, an empty class, classes that
 * differ between the splits, a file in place of the folder), BAD_ARGUMENT
 */
export async function scanImageFolder(root: string, options: ScanOptions = {}): Promise<ImageFolder> {
  const { validationSplit = 0.2, seed = 0, groupBy } = options;
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw badArgument('validationSplit', 'a number from 0 to below 1', validationSplit);
  }
  const folder = path.resolve(root);
  await requireFolder(folder, 'Name a folder that holds one folder of images per class.');
  const splitFolders = await findSplitFolders(folder);
  if (Object.keys(splitFolders).length === 0) splitFolders.train = folder;

  const result: ImageFolder = { root: folder, classNames: [], splits: {}, ignoredCount: 0, unsupported: [] };
  for (const [split, splitFolder] of Object.entries(splitFolders) as [SplitName, string][]) {
    const classNames = await listClasses(splitFolder);
    result.ignoredCount += await countFiles(splitFolder);
    if (result.classNames.length === 0) result.classNames = classNames;
    checkSameClasses(result, splitFolder, classNames);
    result.splits[split] = await listClassFiles(splitFolder, classNames, result);
  }
  const { train, validation } = result.splits;
  if (train !== undefined && validation === undefined && validationSplit > 0) {
    const keys = groupBy === undefined ? undefined : groupFiles(train, folder, result.classNames, groupBy).keys;
    Object.assign(
      result.splits,
      keys === undefined
        ? splitStratified(train, result.classNames, validationSplit, seed)
        : splitGroups(train, keys, result.classNames, validationSplit, seed),
    );
  }
  return result;
}

async function listClasses(folder: string): Promise<string[]> {
  const classNames = await listFolderNames(folder);
  if (classNames.length >= 2) return classNames;
  const loose = (await readFolder(folder)).filter((entry) => classifyName(entry.name) === 'image').length;
  const found = classNames.length === 0 ? 'no class folder' : `one class only ("${classNames[0]}")`;
  const beside = loose === 0 ? '' : `, and ${loose} images directly in it`;
  throw new CnnvizError('BAD_DATASET', `${folder} has ${found}${beside}; training needs two classes or more`, {
    hint: "Put each class's images into a folder of its own: DIR/cats/..., DIR/dogs/...",
  });
}

/** Files beside the class folders: in Keras's eyes they belong to no class. */
async function countFiles(folder: string): Promise<number> {
  return (await readFolder(folder)).filter((entry) => entry.isFile()).length;
}

function checkSameClasses(result: ImageFolder, folder: string, classNames: string[]): void {
  const missing = result.classNames.filter((name) => !classNames.includes(name));
  const surplus = classNames.filter((name) => !result.classNames.includes(name));
  if (missing.length + surplus.length === 0) return;
  const parts = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`has ${surplus.join(', ')} in surplus`] : []),
  ];
  const first = Object.keys(result.splits)[0];
  throw new CnnvizError('BAD_DATASET', `the classes differ: compared with ${first}, ${folder} ${parts.join(' and ')}`, {
    hint: 'Every split needs the same class folders.',
  });
}

/** Lists one split's files class by class; adds what was left out to `result`. */
async function listClassFiles(folder: string, classNames: string[], result: ImageFolder): Promise<LabeledFile[]> {
  const files: LabeledFile[] = [];
  const empty: string[] = [];
  const unsupportedBefore = result.unsupported.length;
  for (const [classIndex, className] of classNames.entries()) {
    const found = await listImageFiles(path.join(folder, className));
    for (const imagePath of found.images) files.push({ path: imagePath, classIndex });
    result.ignoredCount += found.ignoredCount;
    result.unsupported.push(...found.unsupported);
    if (found.images.length === 0) empty.push(className);
  }
  if (empty.length > 0) {
    const what =
      files.length === 0 ? 'has no images' : `has no images of ${empty.map((name) => `"${name}"`).join(', ')}`;
    const count = result.unsupported.length - unsupportedBefore;
    const other =
      count === 0 ? '' : ` (but ${count} in formats that cannot be decoded, such as ${result.unsupported.at(-1)})`;
    throw new CnnvizError('BAD_DATASET', `${folder} ${what}${other}`, {
      hint: 'Add images (png, jpg, jpeg, tif, tiff, webp, gif, avif), or remove the empty class folder.',
    });
  }
  return files;
}
