import { stat } from 'node:fs/promises';
import { CnnvizError } from '../../base/errors.js';

/**
 * Makes sure that a data folder is there and is a folder.
 *
 * @param hint what to name instead
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET (a file)
 */
export async function requireFolder(folder: string, hint: string): Promise<void> {
  const target = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    const problem = missing ? 'does not exist' : `cannot be read (${error.code})`;
    const code = missing ? 'NOT_FOUND' : 'NOT_READABLE';
    throw new CnnvizError(code, `the data folder ${folder} ${problem}`, { hint, cause: error });
  });
  if (!target.isDirectory()) {
    throw new CnnvizError('BAD_DATASET', `expected a data folder, but ${folder} is a file`, { hint });
  }
}
