import { hash } from 'node:crypto';

/** Of a SHA-256: enough that no two of a million images agree by chance (1 in 37 million that any pair does). */
export const HASH_BYTES = 8;

/** The first 64 bits of the SHA-256 of a file's bytes. */
export function hashContent(content: Uint8Array): Buffer {
  return hash('sha256', content, 'buffer').subarray(0, HASH_BYTES);
}

/** What the files of a list hold, as far as they have been read: eight bytes each. */
export class ContentHashes {
  /** one after the other; all 0 for a file that has not been read */
  readonly bytes: Uint8Array;
  #knownCount = 0;

  constructor(count: number) {
    this.bytes = new Uint8Array(count * HASH_BYTES);
  }

  /** Files that have been read so far. */
  get knownCount(): number {
    return this.#knownCount;
  }

  /** Notes what a file holds, if that is not known yet. */
  note(index: number, content: Uint8Array): void {
    if (!this.#isKnown(index)) this.set(index, hashContent(content));
  }

  /** Notes a hash from an earlier reading; one of only zeros stands for none. */
  set(index: number, contentHash: Uint8Array): void {
    const wasKnown = this.#isKnown(index);
    this.bytes.set(contentHash, index * HASH_BYTES);
    if (!wasKnown && this.#isKnown(index)) this.#knownCount++;
  }

  #isKnown(index: number): boolean {
    return isKnownHash(this.bytes, index);
  }
}

/** Whether a list of hashes has one at a place. */
export function isKnownHash(hashes: Uint8Array, index: number): boolean {
  for (let place = index * HASH_BYTES; place < (index + 1) * HASH_BYTES; place++) {
    if (hashes[place] !== 0) return true;
  }
  return false;
}
