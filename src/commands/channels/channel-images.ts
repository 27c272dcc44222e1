import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { listImageFiles } from '../../dataset/folder/image-files.js';
import type { ImageFolder, LabeledFile } from '../../dataset/folder/image-folder.js';
import { findLayout } from '../../dataset/folder/layout.js';
import type { LeftOut } from '../../dataset/folder/left-out.js';
import { openDataFolder } from '../../dataset/folder/open-data-folder.js';
import type { FoundModel } from '../../runs/find-model.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { Overlap } from '../shared/overlap.js';
import { measureOverlap } from '../shared/run-overlap.js';
import { chooseRunImages } from '../shared/split-of-run.js';
import type { SplitChoice } from '../shared/split-parts.js';

/** The images of a folder, with their classes where it has class folders. */
export interface ChannelImages {
  /** absolute path of the folder */
  root: string;
  /** null where the folder is not divided */
  split: SplitChoice | null;
  /** empty without class folders */
  classNames: string[];
  /** classIndex 0 without class folders */
  files: LabeledFile[];
  /** as of the data folder */
  places: ImageFolder['places'];
  unusable: ImageFolder['unusable'];
  leftOut: LeftOut[];
  /** overlap with the images of the network's run; null if unknown */
  overlap: Overlap | null;
}

/**
 * Lists what is to be measured: a part of a data folder, class folders, or a folder of images and all below.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET, ABORTED
 */
export async function listChannelImages(
  data: string,
  wanted: SplitChoice | undefined,
  found: FoundModel,
  options: WorkflowOptions,
): Promise<ChannelImages> {
  const opened = await openDataFolder(data, 'Name a folder of images, or of class folders.');
  const { root } = opened;
  const layout = await findLayout(opened.folder);
  const isPlain = 'classesBy' in layout && (layout.isFlat || layout.only !== undefined);
  if (isPlain && wanted === undefined) {
    options.onEvent?.({ type: 'stage', stage: 'scanning' });
    const { images, leftOut } = await listImageFiles(opened.folder);
    if (images.length === 0) throw new CnnvizError('BAD_DATASET', `${opened.folder}: no images in this folder`);
    const files = images.map((path) => ({ path, classIndex: 0 }));
    const overlap = await measureOverlap(images, found, root, options);
    return {
      root,
      split: null,
      classNames: [],
      files,
      places: {},
      unusable: [],
      leftOut: [...opened.leftOut, ...leftOut],
      overlap,
    };
  }
  const { folder, split, files, overlap } = await chooseRunImages(data, wanted, found, options);
  const { classNames, places, unusable, leftOut } = folder;
  return { root, split, classNames, files, places, unusable, leftOut, overlap };
}

/** A path within the folder, the same on every system. */
export function nameImage(root: string, path: string): string {
  return relative(root, path).replaceAll(sep, '/');
}

/** Identifies this list of images: a SHA-256 of the classes, the names and their order, in hexadecimal. */
export function identifyImages({ root, classNames, files }: ChannelImages): string {
  const hash = createHash('sha256').update(JSON.stringify(classNames));
  for (const { path } of files) hash.update(`${nameImage(root, path)}\0`);
  return hash.digest('hex');
}
