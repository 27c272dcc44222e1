import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** How many files are looked at before other work, such as a signal, gets its turn. */
const FILES_PER_TURN = 500;

/**
 * What is found in each of many files, by path and in their order. What cannot be read is passed over: decoding will tell what
 * is the matter with it.
 *
 * @param look without promises: they take ten times as long for files as small as photographs
 */
export async function lookAtFiles<T>(paths: readonly string[], look: (path: string) => T): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (const [index, path] of paths.entries()) {
    if (index % FILES_PER_TURN === FILES_PER_TURN - 1) await setImmediate();
    try {
      found.set(path, look(path));
    } catch {
      // passed over
    }
  }
  return found;
}

/** Bytes. @throws Error where they cannot be had */
export function readSize(path: string): number {
  return statSync(path).size;
}
