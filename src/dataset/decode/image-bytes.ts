// The one reader of image files.

import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs';
import { CnnvizError } from '../../base/errors.js';

/** A larger file is not an image; Node's own limit for one read is 2 GiB. */
const MAX_FILE_BYTES = 2 ** 30;

const REASONS: Record<string, string> = {
  ENOENT: 'the file does not exist, or is a broken link',
  ENOTDIR: 'the file does not exist',
  ELOOP: 'the link is circular',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
};

/**
 * Reads an image file whole. What is not a regular file is refused by its type, unopened: opening a FIFO would hang.
 * The read is synchronous on purpose: it takes tens of microseconds, where the asynchronous one needs a turn of the event
 * loop for each of its four steps, and during training there is one turn per (blocking) training step.
 *
 * @throws CnnvizError BAD_IMAGE with the reason
 */
export function readImageBytes(path: string): Buffer {
  try {
    checkRegularFile(path, statSync(path));
    // O_NONBLOCK: not even a FIFO put in its place after the check can hang us
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      checkRegularFile(path, fstatSync(descriptor));
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof CnnvizError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw badImage(path, REASONS[code] ?? `it cannot be read (${code})`, error);
  }
}

/** The error for one image that cannot be used. */
export function badImage(path: string, reason: string, cause?: unknown): CnnvizError {
  return new CnnvizError('BAD_IMAGE', `${path}: ${reason}`, { cause });
}

/** Why an image cannot be used, without the path that the error's message begins with. */
export function reasonOf(error: CnnvizError, path: string): string {
  const start = `${path}: `;
  return error.message.startsWith(start) ? error.message.slice(start.length) : error.message;
}

function checkRegularFile(path: string, stats: Stats): void {
  if (stats.isDirectory()) throw badImage(path, 'it is a folder');
  if (!stats.isFile()) throw badImage(path, 'it is not a regular file');
  if (stats.size === 0) throw badImage(path, 'the file is empty');
  if (stats.size > MAX_FILE_BYTES) throw badImage(path, 'the file is larger than 1 GiB');
}
