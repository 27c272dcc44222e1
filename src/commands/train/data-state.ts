// Whether the images are still those of a checkpoint, by name and size.

import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { HASH_BYTES } from '../../dataset/stream/content-hashes.js';
import type { ImageSource } from '../../dataset/stream/image-source.js';
import type { DataList, SplitList } from '../../runs/data-list.js';
import { nameIn } from '../shared/name-in.js';
import type { TrainingData } from './training-data.js';

const SPLITS = ['train', 'validation'] as const;

/** The images of a run, and what is known of each so far. */
export function describeData({ root, train, validation, sizes }: TrainingData): DataList {
  const describe = ({ files, badFiles, hashes }: ImageSource): SplitList => ({
    files: files.map(({ path }) => nameIn(root, path)),
    classIndexes: files.map(({ classIndex }) => classIndex),
    sizes: files.map(({ path }) => sizes.get(path) ?? null),
    ...(hashes && { hashes: hashes.bytes }),
    badFiles: badFiles.map(({ path, reason }) => ({ path: nameIn(root, path), reason })),
  });
  return { train: describe(train), ...(validation === undefined ? {} : { validation: describe(validation) }) };
}

/** Files of which it is known by now what they hold, or that they are bad. */
export function countKnownFiles({ train, validation }: TrainingData): number {
  const count = (source: ImageSource | undefined) => (source?.hashes?.knownCount ?? 0) + (source?.badFiles.length ?? 0);
  return count(train) + count(validation);
}

/**
 * Makes sure that a data folder is the one that a run was trained on, by its classes and its files' names and sizes, and
 * recalls which of them are bad and what the others hold. It may lie elsewhere now.
 *
 * @throws CnnvizError BAD_DATASET with the difference
 */
export function restoreData(data: TrainingData, classNames: readonly string[], saved: DataList): void {
  const found = describeData(data);
  const difference =
    compareClasses(classNames, data.classNames) ?? compareFiles(saved, found) ?? compareSizes(saved, found);
  if (difference !== undefined) {
    throw new CnnvizError(
      'BAD_DATASET',
      `${data.root}: these are not the images that the run was trained on: ${difference}`,
      {
        hint: 'Continue with the same images (--data DIR if they have moved), or train a new run.',
      },
    );
  }
  for (const split of SPLITS) {
    const { badFiles = [], hashes } = saved[split] ?? {};
    data[split]?.recallBadFiles(badFiles.map(({ path, reason }) => ({ path: resolve(data.root, path), reason })));
    if (hashes !== undefined) recallHashes(data[split], hashes);
  }
}

/** Takes over what files hold, of a list like `describeData`'s. */
export function recallHashes(source: ImageSource | undefined, hashes: Uint8Array): void {
  for (let index = 0; index < hashes.length / HASH_BYTES; index++) {
    source?.hashes?.set(index, hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
  }
}

function compareClasses(saved: readonly string[], found: readonly string[]): string | undefined {
  if (saved.join('/') === found.join('/')) return undefined;
  return `its classes were ${saved.join(', ')}, now they are ${found.join(', ')}`;
}

function compareFiles(saved: DataList, found: DataList): string | undefined {
  const savedFiles = allFiles(saved);
  const foundFiles = allFiles(found);
  const missing = [...savedFiles].filter((name) => !foundFiles.has(name));
  const added = [...foundFiles].filter((name) => !savedFiles.has(name));
  if (missing.length + added.length > 0) {
    return [describeFiles(missing, 'missing'), describeFiles(added, 'new')].filter(Boolean).join(', ');
  }
  for (const split of SPLITS) {
    const index = (saved[split]?.files ?? []).findIndex((name, place) => name !== found[split]?.files[place]);
    if (index >= 0)
      return `the files of ${split} differ or are in another order, starting at ${saved[split]?.files[index]} on`;
  }
  return undefined;
}

/** Of files of the same names and order. Bad files are left out: what they hold is never used. */
function compareSizes(saved: DataList, found: DataList): string | undefined {
  const changes = SPLITS.flatMap((split) => {
    const { files = [], sizes = [], badFiles = [] } = saved[split] ?? {};
    const bad = new Set(badFiles.map(({ path }) => path));
    return files.flatMap((name, index) => {
      const [then, now] = [sizes[index], found[split]?.sizes?.[index]];
      if (then === undefined || then === now || bad.has(name)) return [];
      return [`${name}: ${then ?? 'unknown'} bytes then, ${now ?? 'unknown'} now`];
    });
  });
  return changes.length === 0 ? undefined : describeFiles(changes, 'of another size', '; ');
}

function allFiles({ train, validation }: DataList): Set<string> {
  return new Set([...train.files, ...(validation?.files ?? [])]);
}

/** `2 files are missing (train/cats/a.jpg, train/cats/b.jpg)` */
function describeFiles(names: readonly string[], word: string, separator = ', '): string {
  if (names.length === 0) return '';
  const shown = names.length > 3 ? [...names.slice(0, 3), '...'] : names;
  return `${names.length === 1 ? '1 file is' : `${names.length} files are`} ${word} (${shown.join(separator)})`;
}
