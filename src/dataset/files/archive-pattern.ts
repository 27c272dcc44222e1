// Which archives a text means: one, several by braces or wildcards.

import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';

/** Archives that one pattern can mean. */
const ARCHIVES_AT_MOST = 100_000;

/** Whether a text can mean archives, once it is known that no folder has that name. */
export function namesArchives(text: string): boolean {
  return /\.tar$/i.test(text) || (/\.tar/i.test(text) && /[{*?[]/.test(text));
}

/**
 * `photos-{000..009}.tar` and `photos-*.tar` as their files, absolute paths in the order of their names. What is named in braces
 * has to be there.
 *
 * @throws CnnvizError NOT_FOUND
 */
export async function expandPattern(pattern: string): Promise<string[]> {
  if (!/[{*?[]/.test(pattern) || (await exists(pattern))) return [resolve(pattern)];
  // Not before it is needed.
  const { braceExpand, minimatch } = await import('minimatch');
  const files = new Set<string>();
  for (const each of braceExpand(pattern, { braceExpandMax: ARCHIVES_AT_MOST })) {
    if (!/[*?[]/.test(each)) {
      files.add(resolve(each));
      continue;
    }
    const folder = dirname(each);
    const names = await readdir(folder).catch(() => []);
    const matching = names.filter((name) => minimatch(name, basename(each)));
    if (matching.length === 0) throw new CnnvizError('NOT_FOUND', `${each}: no file matches`);
    for (const name of matching) files.add(resolve(join(folder, name)));
  }
  return [...files].sort();
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
