import path from 'node:path';
import { CnnvizError } from '../errors.js';
import { listFolderNames } from './image-files.js';
import type { SplitName } from './image-folder.js';

/** Accepted folder names of each split, in small letters. */
const SPLIT_FOLDERS: Record<SplitName, string[]> = {
  train: ['train'],
  validation: ['validation', 'val', 'valid'],
  test: ['test'],
};

/** Whether a folder of this name is taken for a split rather than for a class. */
export function isSplitName(name: string): boolean {
  return Object.values(SPLIT_FOLDERS).flat().includes(name.toLowerCase());
}

/**
 * Finds the split folders of a data folder: `train`, `validation` (`val`, `valid`) and `test`, in small or capital
 * letters, each of which must hold folders itself (else it is a class of that name).
 *
 * @returns absolute paths; none for a data folder that holds the class folders directly
 * @throws CnnvizError BAD_DATASET when two folders claim one split
 */
export async function findSplitFolders(root: string): Promise<Partial<Record<SplitName, string>>> {
  const names = await listFolderNames(root);
  const found: Partial<Record<SplitName, string>> = {};
  for (const split of Object.keys(SPLIT_FOLDERS) as SplitName[]) {
    const claims: string[] = [];
    for (const name of names) {
      if (!SPLIT_FOLDERS[split].includes(name.toLowerCase())) continue;
      if ((await listFolderNames(path.join(root, name))).length > 0) claims.push(name);
    }
    if (claims.length > 1) {
      throw new CnnvizError('BAD_DATASET', `${root} has more than one ${split} folder: ${claims.join(', ')}`, {
        hint: 'Keep one of them, or join them.',
      });
    }
    if (claims[0] !== undefined) found[split] = path.join(root, claims[0]);
  }
  return found;
}
