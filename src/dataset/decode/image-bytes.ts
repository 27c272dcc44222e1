// The one reader of image files.

import { CnnvizError } from '../../base/errors.js';
import { withFile } from '../files/open-file.js';

/** A larger file is not an image; Node's own limit for one read is 2 GiB. */
const MAX_FILE_BYTES = 2 ** 30;

const REASONS: Record<string, string> = {
  ENOENT: 'the file does not exist, or is a broken link',
  ENOTDIR: 'the file does not exist',
  ELOOP: 'the link is circular',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder',
  NOT_REGULAR: 'it is not a regular file',
};

/**
 * Reads an image file whole. What is not a regular file is refused by its type, unopened.
 *
 * @throws CnnvizError BAD_IMAGE with the reason; BAD_DATASET where it is in an archive that has changed: every image in it is lost
 */
export function readImageBytes(path: string): Buffer {
  try {
    return withFile(path, (file) => {
      if (file.size === 0) throw badImage(path, 'the file is empty');
      if (file.size > MAX_FILE_BYTES) throw badImage(path, 'the file is larger than 1 GiB');
      return file.read(0, file.size);
    });
  } catch (error) {
    if (error instanceof CnnvizError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'CHANGED') {
      throw new CnnvizError('BAD_DATASET', `${path}: its archive has changed since it was listed`, {
        hint: 'Run the command again, and leave the archives as they are until it ends.',
        cause: error,
      });
    }
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
