import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * Gives memory back that nothing uses any more. The pixels of a very large image are otherwise still there when the next one
 * is decoded: they lie outside of JavaScript's heap, and so do not hurry its garbage collector.
 */
export async function freeMemory(): Promise<void> {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  await setImmediate(); // who used it last has finished
  collect();
  await setImmediate(); // native memory goes back in a task of its own
}
