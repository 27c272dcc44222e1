import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { CnnvizError } from '../base/errors.js';

// The one reader of files that people send each other: runs, models, checkpoints, shards, reports. Whatever such a file
// names or is, reading it ends, takes no more memory than its content is worth, and stays in its folder.

/** Makes the error of a reason; the reader of each format knows what is to be said besides. */
export type Refuse = (reason: string, cause?: unknown) => Error;

/** The most that a description in JSON can hold; its weights are other files. */
const jsonSizeAtMost = 64 * 2 ** 20;
/** No format of ours nests half as deep; V8 aborts on a text of brackets. */
const depthAtMost = 100;

/**
 * Reads a regular file: a folder, a device or a pipe is refused at once.
 *
 * @param atMost bytes; a larger file is refused unread
 * @throws CnnvizError NOT_FOUND, NOT_READABLE
 */
export async function readBytes(path: string, atMost = Number.POSITIVE_INFINITY): Promise<Buffer> {
  try {
    // Else opening a pipe would wait for somebody to write into it.
    const file = await fs.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = await file.stat();
      if (!status.isFile()) throw notReadable(path, `expected a file, found ${nameKind(status)}`);
      if (status.size > atMost) {
        throw notReadable(path, `expected a file of at most ${atMost} bytes, found one of ${status.size}`);
      }
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}

/** How many bytes `readBytes` would read. @throws CnnvizError as that does */
export async function measureFile(path: string): Promise<number> {
  try {
    const status = await fs.stat(path);
    if (!status.isFile()) throw notReadable(path, `expected a file, found ${nameKind(status)}`);
    return status.size;
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}

/** Reads a file of JSON. @throws CnnvizError NOT_FOUND, NOT_READABLE; what `refuse` makes for what is not JSON */
export async function readJson(path: string, refuse: Refuse, atMost = jsonSizeAtMost): Promise<unknown> {
  return parseJson(await readBytes(path, atMost), refuse);
}

/** @param revive see JSON.parse */
export function parseJson(text: Buffer, refuse: Refuse, revive?: (key: string, value: unknown) => unknown): unknown {
  if (isTooDeep(text)) throw refuse(`it is nested more than ${depthAtMost} levels deep`);
  try {
    return JSON.parse(text.toString(), revive);
  } catch (error) {
    throw refuse('it is not valid JSON', error);
  }
}

/**
 * Where a name in a file leads to: `folder/name`, if that lies in the folder after links are resolved.
 *
 * @returns undefined where it leads out of the folder
 * @throws CnnvizError NOT_FOUND, NOT_READABLE
 */
export async function findInside(folder: string, name: string): Promise<string | undefined> {
  const path = join(folder, name);
  try {
    const [root, place] = await Promise.all([fs.realpath(folder), fs.realpath(path)]);
    const way = relative(root, place);
    return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : path;
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}

/** The CnnvizError that a failed reading is to the user; what is not one of the file system's errors stays as it is. */
export function explainReadFailure(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error && !(error instanceof CnnvizError) ? error.code : undefined;
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return new CnnvizError('NOT_FOUND', `${path}: no such file`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return notReadable(path, 'no permission to read it', error);
    case 'EISDIR':
      return notReadable(path, 'expected a file, found a folder', error);
    default:
      return notReadable(path, `cannot be read (${code})`, error);
  }
}

function notReadable(path: string, reason: string, cause?: unknown): CnnvizError {
  return new CnnvizError('NOT_READABLE', `${path}: ${reason}`, cause === undefined ? {} : { cause });
}

function nameKind(status: { isDirectory(): boolean; isFIFO(): boolean; isSocket(): boolean }): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a pipe';
  return status.isSocket() ? 'a socket' : 'a device';
}

/** Whether more brackets are ever open at a time, outside of texts, than any format of ours has. */
function isTooDeep(text: Buffer): boolean {
  let [depth, isText] = [0, false];
  for (let index = 0; index < text.length && depth <= depthAtMost; index++) {
    const byte = text[index];
    if (isText) {
      if (byte === 0x5c) index++;
      else if (byte === 0x22) isText = false;
    } else if (byte === 0x22) isText = true;
    else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return depth > depthAtMost;
}
