import fs, { constants } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { makeFolders } from './make-folders.js';
import { explainReadFailure } from './read-file.js';
import { sweepLeftoversOf, temporaryName } from './temporary-names.js';

// The one writer of what a run or a results folder consists of. `fs` stays an object whose functions
// are looked up at each call, so that a test can put a full disk or a refused permission in its place.

/** What is written to a file; parts one after the other. */
export type FileContent = string | Uint8Array | Uint8Array[];

/** The memory of an array of numbers, as bytes. */
export function toBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Replaces a file, or makes it: whoever looks, and whenever this process dies, finds the old content or the new.
 *
 * @throws CnnvizError DISK_FULL, NOT_WRITABLE
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await writeDurably(temporary, content);
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw explainWriteFailure(error, path);
  }
}

/**
 * Replaces or makes several files of a folder that belong together, the last one being the one that counts. All are on disk
 * under other names before the first gets its own: a full disk changes nothing, and a death has but the renames to fall into.
 *
 * @param files content by file name
 * @param beforeCommit called before the first gets its name
 * @throws CnnvizError DISK_FULL, NOT_WRITABLE
 */
export async function writeFilesTogether(
  folder: string,
  files: Record<string, string>,
  beforeCommit: () => Promise<void> = async () => undefined,
): Promise<void> {
  const staged: { path: string; temporary: string }[] = [];
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      const temporary = temporaryName(path);
      staged.push({ path, temporary });
      await writeDurably(temporary, content);
    }
    await beforeCommit();
    for (const { path, temporary } of staged) await fs.rename(temporary, path);
  } catch (error) {
    for (const { temporary } of staged) await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw explainWriteFailure(error, join(folder, Object.keys(files).at(-1) ?? ''));
  }
}

/**
 * Makes a folder with these files in it under a name that nobody refers to yet; it counts once a file that
 * is written later names it.
 *
 * @param files content by file name
 * @throws CnnvizError DISK_FULL, NOT_WRITABLE; the folder is then removed
 */
export async function writeNewFolder(path: string, files: Record<string, FileContent>): Promise<void> {
  try {
    await makeFolders(path);
    for (const [name, content] of Object.entries(files)) await writeDurably(join(path, name), content);
  } catch (error) {
    await fs.rm(path, { recursive: true, force: true }).catch(() => undefined);
    throw explainWriteFailure(error, path);
  }
}

/** Adds to the end of a file, or makes it: a death in between can leave a part of the content. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function appendToFile(path: string, content: Uint8Array): Promise<void> {
  await fs.appendFile(path, content, { flush: true }).catch((error: unknown) => {
    throw explainWriteFailure(error, path);
  });
}

/** Makes sure of a folder, its parents, and the right to write into it. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeFolders(path);
    await fs.access(path, constants.W_OK);
  } catch (error) {
    throw explainWriteFailure(error, path);
  }
}

/** The names in a folder. @throws CnnvizError NOT_FOUND, NOT_READABLE */
export async function listFolder(path: string): Promise<string[]> {
  try {
    return await fs.readdir(path);
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}

/**
 * `writeFileAtomically` for a file in a folder that is the user's: what a writer of this very file left there, because it was
 * killed, goes first.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await sweepLeftoversOf(path);
  await writeFileAtomically(path, content);
}

/** On disk before it gets its name: a rename can outlive a power cut that its file's content does not. */
async function writeDurably(path: string, content: FileContent): Promise<void> {
  await fs.writeFile(path, content, { flush: true });
}

/** The CnnvizError that a failed write is to the user; errors of anything but the file system stay as they are. */
export function explainWriteFailure(error: unknown, path: string): unknown {
  if (error instanceof CnnvizError) return error;
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new CnnvizError('DISK_FULL', `${path}: no space left on the disk`, {
        hint: 'Free some space or write elsewhere; the previous contents are unchanged.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
      return notWritable(path, 'no permission to write here', error);
    case 'EROFS':
      return notWritable(path, 'the file system is read-only', error);
    case 'ENAMETOOLONG':
      return notWritable(path, 'this name is longer than the file system allows', error);
    case 'ENOTDIR':
    case 'EEXIST':
      return notWritable(path, 'a file is in the way of a folder', error);
    case 'ENOTEMPTY':
      return notWritable(path, 'this folder is not empty', error);
    case 'EISDIR':
      return notWritable(path, 'a folder is in the way of a file', error);
    case undefined:
      return error;
    default:
      return notWritable(path, `cannot be written (${errorCode(error)})`, error);
  }
}

function notWritable(path: string, reason: string, cause: unknown): CnnvizError {
  return new CnnvizError('NOT_WRITABLE', `${path}: ${reason}`, { hint: 'Choose another location.', cause });
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
