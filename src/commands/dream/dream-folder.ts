// The results folder of dreams, in which every batch is kept as soon as it is done.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import { explainWriteFailure, makeFolder } from '../../disk/files.js';
import { type Lock, tryLock } from '../../disk/lock.js';
import { readJson } from '../../disk/read-file.js';
import { checkContent, checkFormat } from '../../disk/schema.js';
import { dreamFolderSchema } from '../../dream/dream-schema.js';
import type { ResultFile } from '../../output/activation-files.js';
import { checkResultsFolder, writeResultsFolder } from '../../output/results-folder.js';
import type { EventListener } from '../shared/events.js';
import type { Wanted } from './plan-dreams.js';
import type { Dream } from './result.js';

const FORMAT = 'cnnviz-dreams';

/**
 * A folder of dreams. It is written again with every batch, whole or not at all, so that a call that ends early loses no more
 * than the batch that it was at, and the next one goes on from there.
 */
export class DreamFolder {
  readonly #path: string;
  readonly #lock: Lock;
  #dreams: readonly Dream[];
  #bySubject: ReadonlyMap<string, Dream>;

  private constructor(path: string, dreams: readonly Dream[], lock: Lock) {
    this.#path = path;
    this.#lock = lock;
    this.#dreams = dreams;
    this.#bySubject = bySubject(dreams);
  }

  /**
   * Opens a folder, which may not be there yet, for this process alone.
   *
   * @param recipe of the network and how it is ascended: dreams of another one give way, with a warning
   * @throws CnnvizError NOT_WRITABLE where something else lies, and while another process dreams into it
   */
  static async open(path: string, recipe: string, onEvent: EventListener): Promise<DreamFolder> {
    await checkResultsFolder(path);
    const lock = await lockFolder(path);
    try {
      return new DreamFolder(path, await readDreams(path, recipe, onEvent), lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#lock.release();
  }

  get dreams(): readonly Dream[] {
    return this.#dreams;
  }

  find(wanted: Wanted): Dream | undefined {
    return this.#bySubject.get(keyOf(wanted));
  }

  /**
   * Writes the folder with some more dreams.
   *
   * @param dreams all that are in it from now on, in their order
   * @param added files that are new, or drawn again
   * @throws CnnvizError NOT_WRITABLE, DISK_FULL
   */
  async write(provenance: object, dreams: readonly Dream[], added: readonly ResultFile[]): Promise<string[]> {
    const isNew = new Set(added.map(({ name }) => name));
    const kept = dreams
      .flatMap(({ file, npy }) => (npy === undefined ? [file] : [file, npy]))
      .filter((file) => !isNew.has(file));
    const { files } = await writeResultsFolder(this.#path, async (folder) => {
      for (const { name, content } of added) await folder.write(name, content);
      for (const name of kept) await folder.keep(name, join(this.#path, name));
      const own = { format: FORMAT, formatVersion: 1, ...provenance, dreams };
      return { ...own, files: [...kept, ...added.map(({ name }) => name)].sort() };
    });
    this.#dreams = [...dreams];
    this.#bySubject = bySubject(dreams);
    return files;
  }
}

/** The lock lies beside the folder, which every batch replaces. @throws CnnvizError NOT_WRITABLE */
async function lockFolder(path: string): Promise<Lock> {
  const place = resolve(path);
  await makeFolder(dirname(place));
  const name = createHash('sha256').update(basename(place)).digest('hex').slice(0, 12); // the folder's own may be as long as names can be
  const lock = await tryLock(join(dirname(place), `.dream-${name}.lock`)).catch((error) => {
    throw explainWriteFailure(error, place);
  });
  if ('release' in lock) return lock;
  const pid = lock.holder === undefined ? '' : ` (pid ${lock.holder.pid} on ${lock.holder.host})`;
  throw new CnnvizError('NOT_WRITABLE', `${path}: another process${pid} is dreaming into this folder`, {
    hint: 'Wait for it to finish, or choose another folder with --out.',
  });
}

/** Whoever ascends a thousand channels asks for each of them with every batch. */
const bySubject = (dreams: readonly Dream[]) => new Map(dreams.map((dream) => [keyOf(dream), dream]));
const keyOf = ({ layer, index }: Wanted) => JSON.stringify([layer, index]);

/** Nothing where there is no folder yet, one of another recipe, or one that cannot be read: it is about to be replaced. */
async function readDreams(path: string, recipe: string, onEvent: EventListener): Promise<Dream[]> {
  const warn = (what: string, why = '') => {
    onEvent({ type: 'warning', message: `${what} are replaced${why}; --out for another folder` });
  };
  const refuse = (reason: string) => new CnnvizError('BAD_ARGUMENT', reason);
  if (!existsSync(join(path, 'manifest.json'))) return [];
  try {
    const content = await readJson(join(path, 'manifest.json'), refuse);
    checkFormat(content, { format: FORMAT, version: 1, expected: 'a folder of dreams' }, refuse);
    const read = checkContent(dreamFolderSchema, content, refuse);
    const dreams = read.dreams as Dream[];
    if (read.recipe !== recipe) {
      const count = formatAmount(dreams.length, 'dream');
      if (dreams.length > 0) warn(`${count} of another network or recipe in ${path}`);
      return [];
    }
    const isThere = (file: string | undefined) => file === undefined || existsSync(join(path, file));
    return dreams.filter(({ file, npy }) => isThere(file) && isThere(npy));
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    warn(`the results in ${path}`, ` (manifest.json: ${error.message})`);
    return [];
  }
}
