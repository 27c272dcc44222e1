import fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { explainWriteFailure, makeFolder } from './files.js';
import { sweepLeftoversOf, temporaryName } from './temporary-names.js';

/** A file that others write, such as a library: under a hidden name until it is whole. */
export interface StagedFile {
  /** where it is to be written */
  readonly path: string;
  /** for what is needed meanwhile; thrown away in any case */
  readonly scratch: string;
  /** Puts the file in its place, whatever has that. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  commit(): Promise<void>;
  /** Throws away what was not committed. */
  discard(): Promise<void>;
}

/**
 * Begins a file; what killed writers of the same file left beside it goes first.
 *
 * @throws CnnvizError DISK_FULL, NOT_WRITABLE
 */
export async function stageFile(target: string): Promise<StagedFile> {
  await makeFolder(dirname(target));
  await sweepLeftoversOf(target);
  const [path, scratch] = [temporaryName(target), temporaryName(target)];
  return {
    path,
    scratch,
    async commit() {
      try {
        const file = await fs.open(path, 'r+');
        await file.sync().finally(() => file.close());
        await fs.rename(path, target);
      } catch (error) {
        throw explainWriteFailure(error, target);
      }
    },
    async discard() {
      for (const each of [path, scratch]) await fs.rm(each, { force: true });
    },
  };
}
