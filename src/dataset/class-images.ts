import path from 'node:path';
import { CnnvizError } from '../errors.js';
import { readClassName } from './class-name.js';
import { classifyName, compareNames, listFolderNames, listImageFiles, readFolder } from './image-files.js';
import { isSplitName } from './layout.js';
import { compareNaturally } from './natural-order.js';
import { requireFolder } from './require-folder.js';

/** Images by class before anything is split, listed but not read. */
export interface ClassImages {
  /** absolute path */
  root: string;
  /** flat: a file's name tells its class; folders: its folder's does */
  layout: 'flat' | 'folders';
  /** sorted as Keras sorts them; index = class index */
  classNames: string[];
  /** for each class, absolute paths in numeric order */
  images: string[][];
  /** pictures in a format that cannot be decoded, absolute paths */
  unsupported: string[];
}

type Grouped = Pick<ClassImages, 'images' | 'unsupported'> & { names: string[] };

/**
 * Lists what people have before they split it: `root/<class>.<number>.jpg` as Kaggle has its cats and dogs (`_` and `-` do
 * for the dot), or `root/<class>/...`. What could be meant in two ways is refused.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET
 */
export async function listClassImages(folder: string): Promise<ClassImages> {
  const root = path.resolve(folder);
  await requireFolder(root, 'Name a folder of images, or of class folders; an archive must be unpacked first.');
  const loose = await groupByName(root);
  const inFolders = await groupByFolder(root);
  if (loose.names.length > 0 && inFolders.names.length > 0) {
    const [[first]] = loose.images as [[string]];
    const problem = `has images directly in it (${path.basename(first)}) and in folders (${list(inFolders.names)})`;
    throw badSource(root, problem, 'Name the folder that holds just the images, or just the class folders.');
  }
  const layout = loose.names.length > 0 ? 'flat' : 'folders';
  const { names, images, unsupported } = layout === 'flat' ? loose : inFolders;
  checkClasses(root, names);
  return { root, layout, classNames: names, images, unsupported };
}

async function groupByName(root: string): Promise<Grouped> {
  const byClass = new Map<string, string[]>();
  const unclear: string[] = [];
  const unsupported: string[] = [];
  for (const entry of await readFolder(root)) {
    const kind = entry.isDirectory() ? 'other' : classifyName(entry.name);
    if (kind === 'unsupported') unsupported.push(path.join(root, entry.name));
    if (kind !== 'image') continue;
    const className = readClassName(entry.name);
    const members = className === undefined ? unclear : (byClass.get(className) ?? []);
    members.push(className === undefined ? entry.name : path.join(root, entry.name));
    if (className !== undefined) byClass.set(className, members);
  }
  if (unclear.length > 0) {
    throw badSource(
      root,
      `the class cannot be told from some file names (${unclear.length}): ${list(unclear.sort(compareNaturally))}`,
      'Names must be like cat.12.jpg, cat_12.jpg or cat-12.jpg; else put each class into a folder of its own.',
    );
  }
  const names = [...byClass.keys()].sort(compareNames);
  const images = names.map((name) => (byClass.get(name) as string[]).sort(compareNaturally));
  return { names, images, unsupported: unsupported.sort(compareNaturally) };
}

/** A folder without a picture in it is no class. */
async function groupByFolder(root: string): Promise<Grouped> {
  const grouped: Grouped = { names: [], images: [], unsupported: [] };
  for (const name of await listFolderNames(root)) {
    const { images, unsupported } = await listImageFiles(path.join(root, name));
    grouped.unsupported.push(...unsupported);
    if (images.length === 0) continue;
    grouped.names.push(name);
    grouped.images.push(images.sort(compareNaturally));
  }
  return grouped;
}

function checkClasses(root: string, names: string[]): void {
  const splits = names.filter(isSplitName);
  if (splits.length > 0) {
    const hint = `Name the folder with the images themselves, such as ${path.join(root, splits[0] as string)}.`;
    throw badSource(root, `has ${list(splits)} in place of classes`, hint);
  }
  if (names.length < 2) {
    const found = names.length === 0 ? 'no images' : `images of one class only (${names[0]})`;
    const hint = 'Names must be like cat.12.jpg and dog.7.jpg; else put each class into a folder of its own.';
    throw badSource(root, `has ${found}; two classes or more are needed`, hint);
  }
  const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  const other = names.find((name) => byLowerCase.get(name.toLowerCase()) !== name);
  if (other !== undefined) {
    const pair = `${other} and ${byLowerCase.get(other.toLowerCase())}`;
    throw badSource(root, `the classes ${pair} differ in capital letters only`, 'Give them one name, or two.');
  }
}

function badSource(root: string, problem: string, hint: string): CnnvizError {
  return new CnnvizError('BAD_DATASET', `${root}: ${problem}`, { hint });
}

/** The first few names. */
function list(names: string[]): string {
  const more = names.length > 3 ? ', ...' : '';
  return `${names.slice(0, 3).join(', ')}${more}`;
}
