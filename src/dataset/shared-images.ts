import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** How much of a file's end is compared before all of it is: pictures of one size differ there. */
const TAIL_BYTES = 4096;

/** How many files are looked at before other work, such as a signal, gets its turn. */
const FILES_PER_TURN = 500;

/** One picture in two lists: paths. */
export interface SharedImage {
  train: string;
  validation: string;
}

/**
 * Finds the validation images whose files are in train as well, byte for byte. Only those files are opened whose size is in
 * both lists, and only those read whole whose ends are. What cannot be read is passed over.
 *
 * @returns in the order of `validation`, each with one of its doubles
 */
export async function findSharedImages(
  train: readonly string[],
  validation: readonly string[],
): Promise<SharedImage[]> {
  let lists = { train, validation };
  for (const identify of [readSize, hashTail]) lists = await keepShared(lists, identify);
  const doubles = new Map((await identifyAll(lists.train, hashFile)).map(({ path, id }) => [id, path]));
  return (await identifyAll(lists.validation, hashFile)).flatMap(({ path, id }) => {
    const double = doubles.get(id);
    return double === undefined ? [] : [{ train: double, validation: path }];
  });
}

interface Lists {
  train: readonly string[];
  validation: readonly string[];
}

async function keepShared(lists: Lists, identify: (path: string) => string): Promise<Lists> {
  const train = await identifyAll(lists.train, identify);
  const validation = await identifyAll(lists.validation, identify);
  return { train: keepIn(train, validation), validation: keepIn(validation, train) };
}

interface Identified {
  path: string;
  id: string;
}

function keepIn(files: readonly Identified[], others: readonly Identified[]): string[] {
  const known = new Set(others.map(({ id }) => id));
  return files.filter(({ id }) => known.has(id)).map(({ path }) => path);
}

async function identifyAll(paths: readonly string[], identify: (path: string) => string): Promise<Identified[]> {
  const files: Identified[] = [];
  for (const [index, path] of paths.entries()) {
    if (index % FILES_PER_TURN === FILES_PER_TURN - 1) await setImmediate();
    try {
      files.push({ path, id: identify(path) });
    } catch {
      // decoding will tell what is the matter with it
    }
  }
  return files;
}

// Without promises: they take ten times as long for files as small as these.
function readSize(path: string): string {
  return String(statSync(path).size);
}

function hashTail(path: string): string {
  const file = openSync(path, 'r');
  try {
    const tail = Buffer.alloc(TAIL_BYTES);
    const length = readSync(file, tail, { position: Math.max(0, fstatSync(file).size - TAIL_BYTES) });
    return hash(tail.subarray(0, length));
  } finally {
    closeSync(file);
  }
}

function hashFile(path: string): string {
  return hash(readFileSync(path));
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
