import path from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { type ClassPart, findTwins, list } from './class-part.js';
import { sortNames } from './folder-entries.js';
import { listImageFiles } from './image-files.js';
import { findLayout } from './layout.js';
import { type LeftOut, LeftOutList } from './left-out.js';
import { compareNaturally } from './natural-order.js';
import { openDataFolder } from './open-data-folder.js';

/** Images by class before anything is split, listed but not read. */
export interface ClassImages {
  /** the folder that was named, absolute path */
  root: string;
  /** the folder in it that holds the class folders, or the images themselves; absolute path */
  folder: string;
  /** flat: a file's name contains its class; folders: its folder's name is its class */
  layout: 'flat' | 'folders';
  /** sorted as Keras sorts them; index = class index */
  classNames: string[];
  /** the folders of each class, absolute paths; none for a flat folder */
  classFolders: string[][];
  /** for each class, absolute paths in numeric order */
  images: string[][];
  leftOut: LeftOut[];
}

/**
 * Lists what people have before they split it: `root/<class>.<number>.jpg` as Kaggle has its cats and dogs (`_` and `-` do
 * for the dot), or `root/<class>/...`, as `findLayout` recognizes them. What could be meant in two ways is refused.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET
 */
export async function listClassImages(folder: string): Promise<ClassImages> {
  const root = path.resolve(folder);
  const hint = 'Name a folder of images, or of class folders; an archive must be unpacked first.';
  const opened = await openDataFolder(root, hint);
  if (opened.folder !== opened.root)
    throw new CnnvizError('BAD_DATASET', `expected a data folder, but ${root} is archives`, { hint });
  const part = await findUndividedPart(root);
  const leftOut = new LeftOutList();
  leftOut.merge(part.leftOut.toArray());
  const loose = part.leftOut.toArray().find(({ reason }) => reason === 'loose');
  if (part.classesBy === 'folders' && loose !== undefined) {
    const folders = list(part.classes.map(({ name }) => name));
    const problem = `has images directly in it (${path.basename(loose.examples[0] as string)}) and in folders (${folders})`;
    throw badSource(part.folder, problem, 'Name the folder that holds just the images, or just the class folders.');
  }
  const images = await listByClass(part, root, leftOut);
  const names = sortNames([...images.keys()]);
  const twins = findTwins(names);
  if (twins !== undefined) {
    throw badSource(root, `the classes ${twins} differ only in case`, 'Merge them, or rename one of them.');
  }
  const classes = part.classesBy === 'folders' ? part.classes : [];
  return {
    root,
    folder: part.folder,
    layout: part.classesBy === 'names' ? 'flat' : 'folders',
    classNames: names,
    classFolders: names.map((name) => classes.find((found) => found.name === name)?.folders ?? []),
    images: names.map((name) => (images.get(name) as string[]).sort(compareNaturally)),
    leftOut: leftOut.toArray(),
  };
}

/** The only part of a folder whose classes are known. @throws CnnvizError BAD_DATASET */
async function findUndividedPart(root: string): Promise<ClassPart> {
  const layout = await findLayout(root);
  if ('classesBy' in layout) throw badSource(layout.folder, layout.problem, layout.hint);
  const parts = Object.entries(layout.parts);
  const [first] = parts;
  if (first === undefined || parts.length > 1) {
    const problem = `has ${list(parts.map(([split]) => split))} in place of classes: it is already divided`;
    throw badSource(root, problem, 'Train on it as it is, or name the folder of one split.');
  }
  return first[1];
}

async function listByClass(part: ClassPart, root: string, leftOut: LeftOutList): Promise<Map<string, string[]>> {
  if (part.classesBy === 'names') return part.files;
  const byClass = new Map<string, string[]>();
  for (const { name, folders } of part.classes) {
    const images: string[] = [];
    for (const folder of folders) {
      const found = await listImageFiles(folder, root);
      images.push(...found.images);
      leftOut.merge(found.leftOut);
    }
    if (images.length > 0) byClass.set(name, images);
  }
  if (byClass.size >= 2) return byClass;
  throw badSource(
    part.folder,
    `has images of only one class (${[...byClass.keys()][0]})`,
    'At least two classes are needed.',
  );
}

function badSource(root: string, problem: string, hint: string): CnnvizError {
  return new CnnvizError('BAD_DATASET', `${root}: ${problem}`, { hint });
}
