import fs, { constants } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and the parents that it lacks, like `mkdir -p`. Node's own recursive `mkdir` calls a read-only file system
 * ENOENT, and where no folder can be made at all (/proc) it never returns (Node 20.20).
 *
 * @throws the file system's own error, EROFS and EACCES included
 */
export async function makeFolders(path: string): Promise<void> {
  const first = await tryMake(path);
  if (first === undefined) return;
  const parent = dirname(path);
  if (first.code !== 'ENOENT' || parent === path) throw first;
  if (!(await isFolder(parent))) await makeFolders(parent);
  const second = await tryMake(path);
  if (second?.code === 'ENOENT') await fs.access(parent, constants.W_OK); // says why, if it can
  if (second !== undefined) throw second;
}

/** Undefined once the folder is there, whoever made it. */
async function tryMake(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await fs.mkdir(path);
  } catch (error) {
    if (!(await isFolder(path))) return error as NodeJS.ErrnoException;
  }
  return undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return fs.stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
