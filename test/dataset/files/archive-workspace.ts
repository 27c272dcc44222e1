import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { scanImageFolder } from '../../../src/dataset/folder/scan.js';
import type { Member } from './make-tar.js';

/** Three images of two classes, not in the order of their names. */
export const pets: Member[] = [
  ['cats/', { type: 'directory' }],
  ['cats/b.jpg', 'cat b'],
  ['cats/a.jpg', 'cat a'],
  ['dogs/c.jpg', 'dog c'],
];

/** A folder for each test, with a cache of indexes of its own. */
export function useArchives() {
  let folder = '';
  const at = (name: string) => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cnnviz-archives-'));
    vi.stubEnv('CNNVIZ_HOME', at('home'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const scan = (name: string) => scanImageFolder(at(name), { validationSplit: 0 });
  /** The images of an archive, with their classes. */
  async function list(name: string): Promise<[path: string, className: string | undefined][]> {
    const { classNames, splits } = await scan(name);
    return (splits.train ?? []).map(({ path, classIndex }) => [relative(folder, path), classNames[classIndex]]);
  }
  return { at, scan, list };
}
