// The files of one split, class by class.

import { CnnvizError } from '../../base/errors.js';
import { archivedPath } from '../files/archive-folder.js';
import type { ClassPart } from './class-part.js';
import { sortNames } from './folder-entries.js';
import { listImageFiles } from './image-files.js';
import type { ImageFolder, LabeledFile } from './image-folder.js';
import { describeLeftOut, type LeftOut, LeftOutList } from './left-out.js';

/** The classes of a part, sorted as Keras sorts them. */
export function listClassNames(part: ClassPart): string[] {
  return part.classesBy === 'folders' ? part.classes.map(({ name }) => name) : sortNames([...part.files.keys()]);
}

/** Lists one split's files class by class, in the part's order. @throws CnnvizError BAD_DATASET, NOT_READABLE */
export async function listClassFiles(
  part: ClassPart,
  { root, classNames }: Pick<ImageFolder, 'root' | 'classNames'>,
  leftOut: LeftOutList,
): Promise<LabeledFile[]> {
  leftOut.merge(part.leftOut.toArray());
  const files: LabeledFile[] = [];
  for (const className of listClassNames(part)) {
    const classIndex = classNames.indexOf(className);
    const own = new LeftOutList();
    const paths = await listClass(part, className, root, own);
    if (paths.length === 0) throw describeEmpty(part.folder, className, own.toArray());
    leftOut.merge(own.toArray());
    for (const path of paths) files.push({ path, classIndex });
  }
  // Of two spellings of one name this folder's can sort otherwise than the folder's that gave the classes their numbers.
  return files.sort((a, b) => a.classIndex - b.classIndex);
}

async function listClass(part: ClassPart, className: string, root: string, leftOut: LeftOutList): Promise<string[]> {
  if (part.classesBy === 'names') {
    return sortNames([...(part.files.get(className) ?? [])]).map(archivedPath);
  }
  const paths: string[] = [];
  for (const folder of part.classes.find(({ name }) => name === className)?.folders ?? []) {
    const found = await listImageFiles(folder, root);
    paths.push(...found.images);
    leftOut.merge(found.leftOut);
  }
  return paths;
}

function describeEmpty(folder: string, className: string, leftOut: readonly LeftOut[]): CnnvizError {
  const found = leftOut.filter(({ reason }) => reason !== 'hidden').map((group) => describeLeftOut(group, folder));
  const but = found.length === 0 ? '' : `, only ${found.join('; ')}`;
  return new CnnvizError('BAD_DATASET', `${folder} has no images of "${className}"${but}`, {
    hint: 'Add images (png, jpg, jpeg, bmp, ppm, tif, tiff, webp, gif, avif), or remove the folder.',
  });
}
