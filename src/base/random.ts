/** What a stream of random numbers is for. Streams of different purposes are independent of each other. */
export type RandomPurpose =
  | 'split'
  | 'init'
  | 'shuffle'
  | 'augment'
  | 'dropout'
  | 'explain'
  | 'benchmark'
  | 'sample'
  | 'search'
  | 'dream'
  | 'groups';

/** A stream of uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * A random stream as a pure function of its arguments, never of what was drawn before: that is what lets a resumed run
 * continue exactly.
 *
 * @param seed uint32
 * @param indices position of the stream within its purpose, such as a pass, a step or an image (uint32 each)
 */
export function createRandom(seed: number, purpose: RandomPurpose, ...indices: number[]): Random {
  let state = mixString(seed >>> 0, purpose);
  for (const index of indices) state = mix((state ^ (index >>> 0)) + 0x9e3779b9);
  return () => {
    // splitmix32 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014, at 32 bits)
    state = (state + 0x9e3779b9) | 0;
    return (mix(state) >>> 0) / 2 ** 32;
  };
}

/** A uint32 seed for code that keeps its own generator, such as a weight initializer. */
export function deriveSeed(seed: number, purpose: RandomPurpose, ...indices: number[]): number {
  return Math.floor(createRandom(seed, purpose, ...indices)() * 2 ** 32);
}

/** A permutation of 0..count-1 (Fisher-Yates). */
export function permutation(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const value = order[last] as number;
    order[last] = order[other] as number;
    order[other] = value;
  }
  return order;
}

function mixString(state: number, text: string): number {
  let mixed = state;
  for (const character of text) mixed = mix(mixed ^ (character.codePointAt(0) as number));
  return mixed;
}

// The finalizer of MurmurHash3 with the constants of "lowbias32" (Chris Wellons, Prospecting for hash functions).
function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
