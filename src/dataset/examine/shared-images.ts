// Files of validation that are in train, too.

import { createHash } from 'node:crypto';
import { readWhole, withFile } from '../files/open-file.js';
import { lookAtFiles, readSize } from './look-at-files.js';

/** How much of a file's end is compared before all of it is: pictures of one size differ there. */
const TAIL_BYTES = 4096;

/** One picture in two lists: paths. */
export interface SharedImage {
  train: string;
  validation: string;
}

/**
 * Finds the validation images whose files are in train as well, byte for byte. Only those files are opened whose size is in
 * both lists, and only those read whole whose ends are. What cannot be read is passed over.
 *
 * @returns in the order of `validation`, each with one of its duplicates
 * @throws CnnvizError ABORTED
 */
export async function findSharedImages(
  train: readonly string[],
  validation: readonly string[],
  signal?: AbortSignal,
): Promise<SharedImage[]> {
  let lists: Lists = { train, validation };
  lists = await keepShared(lists, readSize, signal);
  lists = await keepShared(lists, hashTail, signal);
  const hashes = await lookAtFiles(lists.train, hashFile, { signal });
  const doubles = new Map([...hashes].map(([path, hash]) => [hash, path]));
  return [...(await lookAtFiles(lists.validation, hashFile, { signal }))].flatMap(([path, hash]) => {
    const double = doubles.get(hash);
    return double === undefined ? [] : [{ train: double, validation: path }];
  });
}

interface Lists {
  train: readonly string[];
  validation: readonly string[];
}

async function keepShared<T>(lists: Lists, identify: (path: string) => T, signal?: AbortSignal): Promise<Lists> {
  const train = await lookAtFiles(lists.train, identify, { signal });
  const validation = await lookAtFiles(lists.validation, identify, { signal });
  return { train: keepIn(train, validation), validation: keepIn(validation, train) };
}

function keepIn<T>(files: ReadonlyMap<string, T>, others: ReadonlyMap<string, T>): string[] {
  const known = new Set(others.values());
  return [...files].filter(([, id]) => known.has(id)).map(([path]) => path);
}

function hashTail(path: string): string {
  return withFile(path, (file) => hash(file.read(Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES)));
}

function hashFile(path: string): string {
  return hash(readWhole(path));
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
