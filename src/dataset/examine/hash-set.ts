import { HASH_BYTES } from '../stream/content-hashes.js';

/** Content hashes that can be looked up: eight bytes each, however many there are. */
export class HashSet {
  readonly #sorted: BigUint64Array;

  /** @param hashes one after the other, as ContentHashes keeps them; those of only zeros stand for none */
  constructor(hashes: Uint8Array) {
    const copy = new BigUint64Array(hashes.length / HASH_BYTES);
    new Uint8Array(copy.buffer).set(hashes);
    this.#sorted = copy.sort();
  }

  /** @param hash eight bytes */
  has(hash: Uint8Array): boolean {
    const wanted = toNumber(hash);
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] as bigint) < wanted) low = middle + 1;
      else high = middle;
    }
    return wanted !== 0n && this.#sorted[low] === wanted;
  }
}

function toNumber(hash: Uint8Array): bigint {
  return new BigUint64Array(Uint8Array.from(hash).buffer)[0] as bigint;
}
