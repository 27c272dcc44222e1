// A folder that appears whole or not at all.

import fs from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { explainWriteFailure, makeFolder } from './files.js';
import { sweepSiblings, temporaryName } from './temporary-names.js';

/** A folder that is being written beside the place where it will be. */
export interface StagedFolder {
  /** absolute path of the place */
  readonly target: string;
  /** absolute path while it is being written */
  readonly path: string;
  /** Files may be written at the same time, and still be in the making. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  write(name: string, content: Uint8Array | string | Promise<Uint8Array>): Promise<void>;
  /** A file that is there already, of the folder that gives way: linked where the disk can, else copied. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  keep(name: string, from: string): Promise<void>;
  /** Puts the folder in its place, whole. @throws CnnvizError NOT_WRITABLE */
  commit(): Promise<void>;
  /** Throws away what was written; nothing after `commit`. */
  discard(): Promise<void>;
}

/**
 * Begins a folder; what killed writers of the same place left beside it goes first.
 *
 * @param replaces what has the place by then gives way, whatever it is; else only an empty folder does
 * @throws CnnvizError DISK_FULL, NOT_WRITABLE
 */
export async function stageFolder(place: string, { replaces }: { replaces: boolean }): Promise<StagedFolder> {
  const target = resolve(place);
  await sweepSiblings(target);
  const path = temporaryName(target, 'new');
  await makeFolder(path);
  return {
    target,
    path,
    async write(name, content) {
      const bytes = await content;
      await fs.writeFile(join(path, name), bytes).catch((error: unknown) => {
        throw explainWriteFailure(error, join(place, name));
      });
    },
    async keep(name, from) {
      const to = join(path, name);
      await fs
        .link(from, to)
        .catch(() => fs.copyFile(from, to))
        .catch((error: unknown) => {
          throw explainWriteFailure(error, join(place, name));
        });
    },
    commit: () => (replaces ? replaceFolder(target, path) : moveFolder(path, target)),
    discard: () => fs.rm(path, { recursive: true, force: true }),
  };
}

async function moveFolder(from: string, to: string): Promise<void> {
  await fs.rename(from, to).catch((error: unknown) => {
    throw explainWriteFailure(error, to);
  });
}

// A folder cannot be renamed over one that is not empty, so the old one steps aside first. Between the two renames a kill
// leaves it there under its other name, and `sweepSiblings` puts it back.
async function replaceFolder(target: string, staging: string): Promise<void> {
  const aside = temporaryName(target, 'old');
  const hadOld = await fs.rename(target, aside).then(
    () => true,
    () => false,
  );
  try {
    await fs.rename(staging, target);
  } catch (error) {
    if (hadOld) await fs.rename(aside, target);
    throw explainWriteFailure(error, target);
  }
  await fs.rm(aside, { recursive: true, force: true });
}
