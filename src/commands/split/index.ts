import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { findDuplicates } from '../../dataset/examine/duplicates.js';
import { FingerprintTable } from '../../dataset/examine/fingerprint-table.js';
import { type ClassImages, listClassImages } from '../../dataset/folder/class-images.js';
import type { SplitName } from '../../dataset/folder/image-folder.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import { writeFileAtomically } from '../../disk/files.js';
import { announceLeftOut, announcePlaces } from '../shared/announce-data.js';
import type { EventListener } from '../shared/events.js';
import { openDestination } from './destination.js';
import { resolveSplitOptions, type SplitOptions } from './options.js';
import { type ChosenImage, checkCounts, chooseImages } from './split-choice.js';
import { pathInSplit, placeImages, tryLink } from './split-files.js';

/** A group of duplicate images. */
export interface Duplicates {
  /** paths in the new folder, such as `train/cat/cat.0.jpg`, two or more */
  images: string[];
  /** the same bytes; else the images look the same */
  identical: boolean;
  /** bits of 256 in which the perceptual hashes differ at most; smaller is more certain */
  distance: number;
  /** they are in more than one split: the network is tested on what it was trained on */
  straddles: boolean;
}

export interface SplitResult {
  /** absolute path */
  dest: string;
  classNames: string[];
  /** images in each split, all classes together */
  imageCounts: Record<SplitName, number>;
  /** hard links instead of copies */
  linked: boolean;
  /** files that were skipped; the next one was taken instead */
  unreadable: BadFile[];
  /** those that straddle splits first, then the most certain ones */
  duplicates: Duplicates[];
}

/** What was done and found, in the new folder. */
const recordName = 'split.json';

/**
 * Divides images into DEST/<split>/<class>/..., as training expects them: from each class the first in numeric order, or
 * random ones. The source is never changed. DEST appears only when it is complete, with a record of what was found in
 * split.json.
 *
 * @throws CnnvizError BAD_ARGUMENT, NOT_FOUND, NOT_READABLE, BAD_DATASET (too few images, classes that cannot be recognized),
 * NOT_WRITABLE (DEST holds something, no hard link possible), DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { split } from 'cnnviz';
 *
 * const { imageCounts, duplicates } = await split({ source: 'PetImages', dest: 'cats_dogs', train: 1000, validation: 500 });
 * ```
 */
export async function split(options: SplitOptions): Promise<SplitResult> {
  const settings = resolveSplitOptions(options);
  const { onEvent, signal } = options;
  const source = await listClassImages(settings.source);
  checkCounts(source, settings);
  announceSource(source, onEvent ?? (() => undefined));
  const folder = await openDestination(settings.dest, source.root);
  try {
    if (settings.link) await tryLink(source.images[0]?.[0] as string, folder.path);
    const { images, unreadable } = await chooseImages(source, settings, options);
    const duplicates = await describeDuplicates(images, source, signal);
    await placeImages(images, source, folder.path, { ...options, link: settings.link });
    const { classNames } = source;
    const found = { classNames, imageCounts: countImages(images), linked: settings.link, unreadable, duplicates };
    const { train, validation, test, seed, groupBy } = settings;
    const record = { source: source.root, perClass: { train, validation, test }, seed, groupBy, ...found };
    await writeFileAtomically(join(folder.path, recordName), `${JSON.stringify(record, null, 2)}\n`);
    await folder.commit();
    return { dest: folder.target, ...found };
  } finally {
    await folder.discard();
  }
}

function announceSource({ root, folder, layout, leftOut }: ClassImages, onEvent: EventListener): void {
  if (folder !== root) {
    const classesBy = layout === 'flat' ? 'names' : 'folders';
    announcePlaces(root, { train: { folder, classesBy } }, onEvent);
  }
  announceLeftOut(root, leftOut, onEvent);
}

function countImages(images: readonly ChosenImage[]): Record<SplitName, number> {
  const counts = { train: 0, validation: 0, test: 0 };
  for (const image of images) counts[image.split]++;
  return counts;
}

async function describeDuplicates(
  images: readonly ChosenImage[],
  source: ClassImages,
  signal: AbortSignal | undefined,
): Promise<Duplicates[]> {
  const table = new FingerprintTable(images.length);
  for (const [index, { fingerprint }] of images.entries()) table.set(index, fingerprint);
  const groups = await findDuplicates(table, signal).catch((error: unknown) => {
    throw signal?.aborted ? new CnnvizError('ABORTED', 'interrupted; nothing was written') : error;
  });
  const described = groups.map(({ members, identical, distance }) => {
    const files = members.map((index) => images[index] as ChosenImage);
    return {
      images: files.map((file) => pathInSplit(file, source)),
      identical,
      distance,
      straddles: new Set(files.map((file) => file.split)).size > 1,
    };
  });
  const rank = ({ straddles, identical }: Duplicates) => (straddles ? 0 : 2) + (identical ? 0 : 1);
  return described.sort((a, b) => rank(a) - rank(b) || a.distance - b.distance);
}
