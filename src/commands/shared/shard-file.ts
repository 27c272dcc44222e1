// What a shard's file may replace.

import { dirname } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { makeFolder } from '../../disk/files.js';
import { readBytes } from '../../disk/read-file.js';

/**
 * Checks that a shard may be written at `path`, before the work: nothing is there, or an earlier shard.
 *
 * @param decode throws for what is not a shard of the command
 * @throws CnnvizError NOT_WRITABLE
 */
export async function checkShardFile(path: string, decode: (file: Uint8Array, path: string) => unknown): Promise<void> {
  await makeFolder(dirname(path));
  try {
    decode(await readBytes(path), path);
  } catch (cause) {
    if (cause instanceof CnnvizError && cause.code === 'NOT_FOUND') return;
    throw new CnnvizError('NOT_WRITABLE', `${path}: exists and is not a cnnviz shard; not overwritten`, {
      hint: 'Choose another file with --out, or move this one.',
      cause,
    });
  }
}
