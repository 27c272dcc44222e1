import { totalmem } from 'node:os';
import { badArgument } from '../../base/errors.js';

/** Memory for decoded pixels, shared by the splits of one run. */
export interface CacheBudget {
  /** bytes */
  readonly limit: number;
  /** bytes given out so far */
  used: number;
}

/**
 * @param limit bytes; default a quarter of the machine's memory; 0 caches nothing
 * @throws CnnvizError BAD_ARGUMENT
 */
export function createCacheBudget(limit: number = defaultCacheMemory()): CacheBudget {
  if (!(limit >= 0)) throw badArgument('cacheMemory', 'a number of bytes, 0 or more', limit);
  return { limit, used: 0 };
}

/** A quarter of what this process may use (bytes): the machine's memory, or the container's limit when that is less. */
function defaultCacheMemory(): number {
  const constrained = process.constrainedMemory();
  return Math.floor((constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()) / 4);
}
