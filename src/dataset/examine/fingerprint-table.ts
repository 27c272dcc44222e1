/** Words of one fingerprint's parts. */
export const CONTENT_WORDS = 4;
export const HASH_WORDS = 8;

/** What distinguishes an image from others. */
export interface Fingerprint {
  /** the first 128 bits of the SHA-256 of the file's bytes: CONTENT_WORDS words */
  content: Uint32Array;
  /** HASH_WORDS words; undefined for an image with nothing in it */
  perceptual: Uint32Array | undefined;
}

/** The fingerprints of up to a given number of images, 49 bytes each, by the images' index. */
export class FingerprintTable {
  readonly count: number;
  /** CONTENT_WORDS an image */
  readonly contents: Uint32Array;
  /** HASH_WORDS an image */
  readonly hashes: Uint32Array;
  readonly #state: Uint8Array;

  constructor(count: number) {
    this.count = count;
    this.contents = new Uint32Array(count * CONTENT_WORDS);
    this.hashes = new Uint32Array(count * HASH_WORDS);
    this.#state = new Uint8Array(count);
  }

  set(index: number, { content, perceptual }: Fingerprint): void {
    this.contents.set(content, index * CONTENT_WORDS);
    if (perceptual !== undefined) this.hashes.set(perceptual, index * HASH_WORDS);
    this.#state[index] = perceptual === undefined ? 1 : 2;
  }

  /** Whether there is a fingerprint. */
  has(index: number): boolean {
    return this.#state[index] !== 0;
  }

  /** Whether the picture has a perceptual hash: not one with nothing in it. */
  hasHash(index: number): boolean {
    return this.#state[index] === 2;
  }
}
