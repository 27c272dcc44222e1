// The order of each pass, a function of the seed.

import { createRandom, permutation } from '../../base/random.js';

/**
 * The order of one pass, as a pure function of its arguments: a run can go on at any place of any pass.
 *
 * @param shuffleSeed uint32; absent: the files' own order in every pass
 * @returns a permutation of 0..count-1
 */
export function orderOfPass(count: number, pass: number, shuffleSeed?: number): Uint32Array {
  if (shuffleSeed === undefined) return Uint32Array.from({ length: count }, (_, index) => index);
  return permutation(count, createRandom(shuffleSeed, 'shuffle', pass));
}
