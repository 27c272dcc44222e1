/** Means over the examples seen so far, and how fast they came: what Keras shows beside its progress bar. */
export class Meter {
  readonly #startedAt = performance.now();
  #lossSum = 0;
  #correctCount = 0;
  #exampleCount = 0;

  /** @param lossSum over the batch */
  add(lossSum: number, correctCount: number, size: number): void {
    this.#lossSum += lossSum;
    this.#correctCount += correctCount;
    this.#exampleCount += size;
  }

  get exampleCount(): number {
    return this.#exampleCount;
  }

  /** NaN before the first example */
  get loss(): number {
    return this.#lossSum / this.#exampleCount;
  }

  /** 0..1; NaN before the first example */
  get accuracy(): number {
    return this.#correctCount / this.#exampleCount;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  get imagesPerSecond(): number {
    return (this.#exampleCount * 1000) / Math.max(this.elapsedMs, 1e-3);
  }
}
