import { relative, resolve, sep } from 'node:path';
import type { ImageSource } from '../dataset/image-source.js';
import { CnnvizError } from '../errors.js';
import type { Checkpoint, SplitState } from '../model/checkpoint.js';
import type { TrainingData } from './train-data.js';

/** The photographs of a run as its checkpoints record them. */
export function describeData({ root, train, validation, sizes }: TrainingData): Checkpoint['data'] {
  const describe = ({ files, badFiles }: ImageSource): SplitState => ({
    files: files.map(({ path }) => nameIn(root, path)),
    sizes: files.map(({ path }) => sizes.get(path) ?? null),
    badFiles: badFiles.map(({ path, reason }) => ({ path: nameIn(root, path), reason })),
  });
  return { train: describe(train), ...(validation === undefined ? {} : { validation: describe(validation) }) };
}

/**
 * Makes sure that a data folder is the one that a checkpoint was trained on, by its classes and its files' names and sizes,
 * and recalls which of them are bad. It may lie elsewhere now.
 *
 * @throws CnnvizError BAD_DATASET with the difference
 */
export function restoreData(data: TrainingData, classNames: readonly string[], saved: Checkpoint['data']): void {
  const found = describeData(data);
  const difference =
    compareClasses(classNames, data.classNames) ?? compareFiles(saved, found) ?? compareSizes(saved, found);
  if (difference !== undefined) {
    throw new CnnvizError('BAD_DATASET', `${data.root}: not what the run was trained on: ${difference}`, {
      hint: 'Go on with the same photographs (--data DIR, should they lie elsewhere now), or train a new run.',
    });
  }
  for (const split of ['train', 'validation'] as const) {
    const badFiles = saved[split]?.badFiles ?? [];
    data[split]?.recallBadFiles(badFiles.map(({ path, reason }) => ({ path: resolve(data.root, path), reason })));
  }
}

function compareClasses(saved: readonly string[], found: readonly string[]): string | undefined {
  if (saved.join('/') === found.join('/')) return undefined;
  return `its classes were ${saved.join(', ')}, and are ${found.join(', ')}`;
}

function compareFiles(saved: Checkpoint['data'], found: Checkpoint['data']): string | undefined {
  const savedFiles = allFiles(saved);
  const foundFiles = allFiles(found);
  const missing = [...savedFiles].filter((name) => !foundFiles.has(name));
  const added = [...foundFiles].filter((name) => !savedFiles.has(name));
  if (missing.length + added.length > 0) {
    return [describeFiles(missing, 'missing'), describeFiles(added, 'new')].filter(Boolean).join(', ');
  }
  for (const split of ['train', 'validation'] as const) {
    const index = (saved[split]?.files ?? []).findIndex((name, place) => name !== found[split]?.files[place]);
    if (index >= 0)
      return `the files of ${split} are others or in another order, from ${saved[split]?.files[index]} on`;
  }
  return undefined;
}

/** Of files of the same names and order. Bad files are left out: what they hold is never used. */
function compareSizes(saved: Checkpoint['data'], found: Checkpoint['data']): string | undefined {
  const changes = (['train', 'validation'] as const).flatMap((split) => {
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

function allFiles({ train, validation }: Checkpoint['data']): Set<string> {
  return new Set([...train.files, ...(validation?.files ?? [])]);
}

/** `2 files are missing (train/cats/a.jpg, train/cats/b.jpg)` */
function describeFiles(names: readonly string[], word: string, separator = ', '): string {
  if (names.length === 0) return '';
  const shown = names.length > 3 ? [...names.slice(0, 3), '...'] : names;
  return `${names.length === 1 ? '1 file is' : `${names.length} files are`} ${word} (${shown.join(separator)})`;
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
