// The results folder of dreams, in which every batch is kept as soon as it is done.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { readBytes, readJson } from '../../disk/read-file.js';
import { checkContent, checkFormat } from '../../disk/schema.js';
import { dreamFolderSchema } from '../../dream/dream-schema.js';
import type { ResultFile } from '../../output/activation-files.js';
import { checkResultsFolder, writeResultsFolder } from '../../output/results-folder.js';
import type { Wanted } from './plan-dreams.js';
import type { Dream } from './result.js';

const FORMAT = 'cnnviz-dreams';

/**
 * A folder of dreams. It is written again with every batch, whole or not at all, so that a call that ends early loses no more
 * than the batch that it was at, and the next one goes on from there.
 */
export class DreamFolder {
  readonly #path: string;
  #dreams: Dream[];

  private constructor(path: string, dreams: Dream[]) {
    this.#path = path;
    this.#dreams = dreams;
  }

  /**
   * Opens a folder, which may not be there yet.
   *
   * @param recipe of the network and how it is ascended: dreams of another one give way
   * @throws CnnvizError NOT_WRITABLE where something else lies
   */
  static async open(path: string, recipe: string): Promise<DreamFolder> {
    await checkResultsFolder(path);
    return new DreamFolder(path, await readDreams(path, recipe));
  }

  get dreams(): readonly Dream[] {
    return this.#dreams;
  }

  find({ layer, index }: Wanted): Dream | undefined {
    return this.#dreams.find((dream) => dream.layer === layer && dream.index === index);
  }

  /**
   * Writes the folder with some more dreams.
   *
   * @param dreams all that are in it from now on, in their order
   * @param added files that are new, or drawn again
   * @throws CnnvizError NOT_WRITABLE, DISK_FULL
   */
  async write(provenance: object, dreams: readonly Dream[], added: readonly ResultFile[]): Promise<string[]> {
    const kept = dreams
      .flatMap(({ file, npy }) => (npy === undefined ? [file] : [file, npy]))
      .filter((file) => !added.some(({ name }) => name === file));
    const { files } = await writeResultsFolder(this.#path, async (folder) => {
      for (const { name, content } of added) await folder.write(name, content);
      for (const name of kept) await folder.write(name, await readBytes(join(this.#path, name)));
      const own = { format: FORMAT, formatVersion: 1, ...provenance, dreams };
      return { ...own, files: [...kept, ...added.map(({ name }) => name)].sort() };
    });
    this.#dreams = [...dreams];
    return files;
  }
}

/** Nothing where there is no folder yet, one of another recipe, or one that cannot be read: it is about to be replaced. */
async function readDreams(path: string, recipe: string): Promise<Dream[]> {
  const refuse = (reason: string) => new CnnvizError('BAD_ARGUMENT', `${path}: ${reason}`);
  try {
    const content = await readJson(join(path, 'manifest.json'), refuse);
    checkFormat(content, { format: FORMAT, version: 1, expected: 'a folder of dreams' }, refuse);
    const read = checkContent(dreamFolderSchema, content, refuse);
    if (read.recipe !== recipe) return [];
    const isThere = (file: string | undefined) => file === undefined || existsSync(join(path, file));
    return (read.dreams as Dream[]).filter(({ file, npy }) => isThere(file) && isThere(npy));
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    return [];
  }
}
