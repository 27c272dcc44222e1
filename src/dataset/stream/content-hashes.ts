import { hash } from 'node:crypto';

/** Of a SHA-256: enough that no two of a million images agree by chance (1 in 37 million that any pair does). */
export const HASH_BYTES = 8;

/** The first 64 bits of the SHA-256 of a file's bytes. */
export function hashContent(content: Uint8Array): Buffer {
  return hash('sha256', content, 'buffer').subarray(0, HASH_BYTES);
}

/** What the files of a list hold, as far as they were read and used: eight bytes each. */
export class ContentHashes {
  /** of the files used so far, one after the other; all 0 for any other */
  readonly bytes: Uint8Array;
  /** of the files read so far: those that are read ahead may never be used, and which they are is a matter of time */
  readonly #read: Uint8Array;
  #knownCount = 0;

  constructor(count: number) {
    this.bytes = new Uint8Array(count * HASH_BYTES);
    this.#read = new Uint8Array(count * HASH_BYTES);
  }

  /** Files of which it is known what they hold. */
  get knownCount(): number {
    return this.#knownCount;
  }

  /** Takes note of what a file holds that was read. */
  note(index: number, content: Uint8Array): void {
    if (!isKnownHash(this.bytes, index)) this.#read.set(hashContent(content), index * HASH_BYTES);
  }

  /** Takes files that were read for used. */
  use(indexes: Iterable<number>): void {
    for (const index of indexes) this.set(index, this.#read.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
  }

  /** Takes a hash from an earlier reading, if there is none yet; one of only zeros stands for none. */
  set(index: number, contentHash: Uint8Array): void {
    if (isKnownHash(this.bytes, index)) return;
    this.bytes.set(contentHash, index * HASH_BYTES);
    if (isKnownHash(this.bytes, index)) this.#knownCount++;
  }
}

/** Whether a list of hashes has one at a place. */
export function isKnownHash(hashes: Uint8Array, index: number): boolean {
  for (let place = index * HASH_BYTES; place < (index + 1) * HASH_BYTES; place++) {
    if (hashes[place] !== 0) return true;
  }
  return false;
}
