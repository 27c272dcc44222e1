import { type ExampleSums, zeroSums } from '../runs/training-progress.js';

/** Means over the examples seen so far, and how fast they came: what Keras shows beside its progress bar. */
export class Meter {
  readonly #startedAt = performance.now();
  readonly #sums: ExampleSums;
  /** examples that this meter has not seen itself */
  readonly #earlierCount: number;

  /** @param sums to go on with; they are added to in place */
  constructor(sums: ExampleSums = zeroSums()) {
    this.#sums = sums;
    this.#earlierCount = sums.exampleCount;
  }

  /** @param lossSum over the batch */
  add(lossSum: number, correctCount: number, size: number): void {
    this.#sums.loss += lossSum;
    this.#sums.correctCount += correctCount;
    this.#sums.exampleCount += size;
  }

  /** NaN before the first example */
  get loss(): number {
    return this.#sums.loss / this.#sums.exampleCount;
  }

  /** 0..1; NaN before the first example */
  get accuracy(): number {
    return this.#sums.correctCount / this.#sums.exampleCount;
  }

  get imagesPerSecond(): number {
    const elapsedMs = performance.now() - this.#startedAt;
    return ((this.#sums.exampleCount - this.#earlierCount) * 1000) / Math.max(elapsedMs, 1e-3);
  }
}
