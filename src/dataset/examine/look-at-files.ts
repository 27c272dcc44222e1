// Examines many files one after the other, in their order.

import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import { sizeOf } from '../files/open-file.js';

/** How long files are looked at before other work, such as a signal, gets its turn. */
const TURN_MS = 50;

export interface LookOptions {
  signal?: AbortSignal | undefined;
  /** is called now and then with how many of the files were looked at, and at the end */
  onProgress?: (done: number) => void;
}

/**
 * What is found in each of many files, by path and in their order. Files that cannot be read are skipped: decoding will
 * report what is wrong with them.
 *
 * @param look without promises: they take ten times as long for files as small as images
 * @throws CnnvizError ABORTED
 */
export async function lookAtFiles<T>(
  paths: readonly string[],
  look: (path: string) => T,
  { signal, onProgress }: LookOptions = {},
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  let turnAt = performance.now();
  for (const [index, path] of paths.entries()) {
    if (performance.now() - turnAt > TURN_MS) {
      onProgress?.(index);
      await setImmediate();
      turnAt = performance.now();
    }
    if (signal?.aborted) throw new CnnvizError('ABORTED', `interrupted after ${index} of ${paths.length} files`);
    try {
      found.set(path, look(path));
    } catch {
      // passed over
    }
  }
  onProgress?.(paths.length);
  return found;
}

/** Bytes. @throws Error where they cannot be had */
export function readSize(path: string): number {
  return sizeOf(path);
}
