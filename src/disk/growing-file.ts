import fs from 'node:fs/promises';
import { explainWriteFailure } from './files.js';
import { temporaryName } from './temporary-names.js';

/** A file that is written part by part under another name, and gets its own when it is whole. */
export interface GrowingFile {
  /** @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  append(content: string): Promise<void>;
  /** Replaces what has the file's name. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  commit(): Promise<void>;
  /** Throws away what was written; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/** @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function beginFile(path: string): Promise<GrowingFile> {
  const temporary = temporaryName(path);
  const explained = async <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw explainWriteFailure(error, path);
    });
  const file = await explained(fs.open(temporary, 'wx'));
  let isOpen = true;
  return {
    append: async (content) => {
      await explained(file.appendFile(content));
    },
    async commit() {
      await explained(file.sync());
      await explained(file.close());
      isOpen = false;
      await explained(fs.rename(temporary, path));
    },
    async discard() {
      if (isOpen) await file.close().catch(() => undefined);
      isOpen = false;
      await fs.rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}
