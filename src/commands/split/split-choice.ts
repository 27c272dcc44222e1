// Chooses which images go into which split.

import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import { createRandom, permutation } from '../../base/random.js';
import { fingerprintImage } from '../../dataset/examine/fingerprint.js';
import type { Fingerprint } from '../../dataset/examine/fingerprint-table.js';
import type { ClassImages } from '../../dataset/folder/class-images.js';
import { groupFiles } from '../../dataset/folder/group-by.js';
import type { SplitName } from '../../dataset/folder/image-folder.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { SplitSettings } from './options.js';
import { SPLIT_NAMES, SplitQuota } from './split-quota.js';

/** How many images are being examined at once; decoding has a limit of its own. */
const WINDOW = 32;

/** An image that was taken, and for what. */
export interface ChosenImage {
  /** absolute path */
  path: string;
  split: SplitName;
  classIndex: number;
  fingerprint: Fingerprint;
}

export interface Choice {
  /** split by split, class by class, in the order in which they were taken */
  images: ChosenImage[];
  /** passed over; the next image was taken instead */
  unreadable: BadFile[];
}

/** Makes sure that each class has enough files. @throws CnnvizError BAD_DATASET with the numbers */
export function checkCounts(source: ClassImages, settings: SplitSettings): void {
  const counts = source.images.map((images) => images.length);
  if (counts.some((count) => count < countOfClass(settings))) throw tooFew(source, settings, counts);
}

/**
 * Takes from each class the first images in numeric order, or as the seed draws them, that can be read: first those for
 * training, then for validation, then for testing.
 *
 * @throws CnnvizError BAD_DATASET when too few can be read, ABORTED
 */
export async function chooseImages(
  source: ClassImages,
  settings: SplitSettings,
  { onEvent, signal }: WorkflowOptions,
): Promise<Choice> {
  const total = countOfClass(settings) * source.classNames.length;
  const chosen: ChosenImage[] = [];
  const unreadable: BadFile[] = [];
  const usable: number[] = [];
  const groupOf = groupImages(source, settings);
  const splitOfGroup = new Map<string, SplitName>();
  for (const [classIndex, images] of source.images.entries()) {
    const waiting = keepTogether(orderOfClass(images, classIndex, settings.seed), groupOf);
    const quota = new SplitQuota(settings, splitOfGroup);
    while (quota.wanted > 0 && waiting.length > 0) {
      const next = waiting.splice(0, Math.min(WINDOW, quota.wanted)).filter((path) => quota.hasRoom(groupOf.get(path)));
      const examined = await Promise.all(next.map(examine));
      for (const found of examined) {
        if ('reason' in found) {
          unreadable.push(found);
          onEvent?.({ type: 'bad-image', ...found });
        } else {
          const split = quota.take(groupOf.get(found.path));
          if (split === undefined) continue;
          chosen.push({ ...found, classIndex, split });
          onEvent?.({ type: 'image-examined', done: chosen.length, total });
        }
      }
      await setImmediate(); // signals are heard
      if (signal?.aborted) throw new CnnvizError('ABORTED', 'interrupted; nothing was written');
    }
    usable.push(countOfClass(settings) - quota.wanted);
  }
  if (chosen.length < total) throw tooFew(source, settings, usable, unreadable.length);
  return { images: SPLIT_NAMES.flatMap((split) => chosen.filter((image) => image.split === split)), unreadable };
}

function countOfClass({ train, validation, test }: SplitSettings): number {
  return train + validation + test;
}

/** The group of each image; empty where nothing is grouped. */
function groupImages({ root, classNames, images }: ClassImages, { groupBy }: SplitSettings): Map<string, string> {
  if (groupBy === undefined) return new Map();
  const files = images.flatMap((paths, classIndex) => paths.map((path) => ({ path, classIndex })));
  const { keys } = groupFiles(files, root, classNames, groupBy);
  return new Map(files.map(({ path }, index) => [path, keys[index] as string]));
}

/** One group after the other, in the order of their first images. */
function keepTogether(paths: string[], groupOf: ReadonlyMap<string, string>): string[] {
  if (groupOf.size === 0) return paths;
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const key = groupOf.get(path) as string;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [path]);
    else group.push(path);
  }
  return [...groups.values()].flat();
}

function orderOfClass(images: readonly string[], classIndex: number, seed: number | undefined): string[] {
  if (seed === undefined) return [...images];
  const order = permutation(images.length, createRandom(seed, 'split', classIndex));
  return Array.from(order, (index) => images[index] as string);
}

async function examine(path: string): Promise<{ path: string; fingerprint: Fingerprint } | BadFile> {
  try {
    return { path, fingerprint: await fingerprintImage(path) };
  } catch (error) {
    if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE') throw error;
    return { path, reason: error.message.slice(path.length + 2) };
  }
}

/** @param unreadableCount files that cannot be read; `counts` are then what can be */
function tooFew(source: ClassImages, settings: SplitSettings, counts: number[], unreadableCount = 0): CnnvizError {
  const wanted = countOfClass(settings);
  const parts = SPLIT_NAMES.map((split) => `${split} ${settings[split]}`).join(' + ');
  const has = source.classNames
    .map((name, index) => `${name} has ${counts[index]}`)
    .filter((_, index) => {
      return (counts[index] as number) < wanted;
    });
  const isGrouped = settings.groupBy !== undefined && unreadableCount + sum(counts) < sum(source.images.map(countOf));
  const whole = isGrouped ? ' in whole groups, none of which spans two splits' : '';
  const that = unreadableCount === 0 ? '' : ` that can be read (${unreadableCount} cannot)`;
  return new CnnvizError(
    'BAD_DATASET',
    `${source.root}: too few images${that}${whole}: ${wanted} per class are needed (${parts}), ${has.join(', ')}`,
    {
      hint: isGrouped
        ? 'Use fewer, or choose a --group-by with smaller groups.'
        : suggestCounts(settings, Math.min(...counts)),
    },
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function countOf(images: readonly string[]): number {
  return images.length;
}

/** The wanted proportions with what is there. */
function suggestCounts(settings: SplitSettings, available: number): string {
  const share = (count: number) => Math.floor((count * available) / countOfClass(settings));
  const [validation, test] = [share(settings.validation), share(settings.test)];
  const train = Math.min(settings.train, available - validation - test);
  if (train < 1) return 'Add images.';
  return `Use fewer, for example --train ${train} --validation ${validation} --test ${test}.`;
}
