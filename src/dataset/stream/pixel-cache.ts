import type { CacheBudget } from './cache-budget.js';

/** Images a block of memory holds. Many small buffers would make the garbage collector work. */
const IMAGES_PER_BLOCK = 64;

/**
 * Keeps decoded images of one size within a budget. What has been stored stays: every pass needs every image once, so any
 * fixed part of them saves as many decodes as the best eviction could.
 */
export class PixelCache {
  readonly #budget: CacheBudget;
  readonly #imageBytes: number;
  readonly #images: (Uint8Array | undefined)[];
  /** places of the newest block not yet used */
  #free: Uint8Array[] = [];
  /** images that have no place yet */
  #missing: number;

  /** @param count images that may be stored at most, numbered from 0 */
  constructor(count: number, imageBytes: number, budget: CacheBudget) {
    this.#images = new Array<undefined>(count).fill(undefined);
    this.#missing = count;
    this.#imageBytes = imageBytes;
    this.#budget = budget;
  }

  /** The stored pixels themselves, not a copy. */
  get(index: number): Uint8Array | undefined {
    return this.#images[index];
  }

  /** Stores a copy while there is room. */
  put(index: number, pixels: Uint8Array): void {
    if (this.#images[index] !== undefined) return;
    if (this.#free.length === 0) this.#free = this.#allocateBlock();
    const place = this.#free.pop();
    if (place === undefined) return;
    place.set(pixels);
    this.#images[index] = place;
  }

  #allocateBlock(): Uint8Array[] {
    const affordable = Math.floor((this.#budget.limit - this.#budget.used) / this.#imageBytes);
    const count = Math.min(IMAGES_PER_BLOCK, this.#missing, affordable);
    if (count <= 0) return [];
    this.#budget.used += count * this.#imageBytes;
    this.#missing -= count;
    const block = new Uint8Array(count * this.#imageBytes);
    return Array.from({ length: count }, (_, place) =>
      block.subarray(place * this.#imageBytes, (place + 1) * this.#imageBytes),
    );
  }
}
