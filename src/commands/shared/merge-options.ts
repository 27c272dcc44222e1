// The files that commands merge: shards, as their command wrote them.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { compareNaturally } from '../../dataset/folder/natural-order.js';
import { texts } from '../../options/kinds.js';

/** How the file of a shard is called, unless somebody says otherwise, and what is merged of a folder. */
const EXTENSION = '.shard';

export const shardFiles = texts({
  required: true,
  argument: 'many',
  help: 'files of all shards of one folder, or a folder of them',
  expected: 'at least one file',
  completes: 'file',
});

/** `channels-3-of-8.shard` */
export function nameShardFile(command: string, { index, count }: { index: number; count: number }): string {
  return `${command}-${index}-of-${count}${EXTENSION}`;
}

/**
 * The files that are meant by paths of files and folders: of a folder every .shard in it.
 *
 * @throws CnnvizError NOT_FOUND for a folder without any, NOT_READABLE
 */
export async function expandShardFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    files.push(...(isFolder ? await listShards(path) : [path]));
  }
  return files;
}

async function listShards(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    throw new CnnvizError('NOT_READABLE', `cannot list the folder ${folder} (${cause.code})`, { cause });
  });
  // What is being written has a hidden name.
  const shards = names.filter((name) => name.endsWith(EXTENSION) && !name.startsWith('.')).sort(compareNaturally);
  if (shards.length === 0) throw new CnnvizError('NOT_FOUND', `${folder}: no ${EXTENSION} files in this folder`);
  return shards.map((name) => join(folder, name));
}
