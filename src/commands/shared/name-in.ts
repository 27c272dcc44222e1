import { relative, sep } from 'node:path';

/** A path within the data folder, the same on every system. */
export function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
