// Batches of pixels as a trainer takes them.

import { augmentBatch } from '../dataset/augment/augment.js';
import type { Augmentation } from '../dataset/augment/augmentation.js';
import type { StreamPosition } from '../dataset/stream/batch.js';
import type { BatchStream } from '../dataset/stream/batches.js';
import { normalize } from '../dataset/stream/image-input.js';
import type { TrainerBatch } from '../engines/contract/trainer.js';

/** What is done to examples for training's sake. */
export interface ExampleOptions {
  /** absent: images are given as they are */
  augmenting?: Augmenting | undefined;
  /** what an example of each class counts; absent: all the same */
  classWeights?: readonly number[] | undefined;
  /** how much of a label is spread over all classes, 0..1; default 0 */
  labelSmoothing?: number;
}

/** How images are changed on their way to the trainer. */
export interface Augmenting {
  augmentation: Augmentation;
  /** uint32 */
  seed: number;
}

/** Batches of images as a trainer takes them. */
export class ExampleStream {
  readonly #batches: BatchStream;
  readonly #classCount: number;
  readonly #options: ExampleOptions;
  // every batch's memory: a trainer is done with one batch before it asks for the next
  readonly #pixels: Uint8Array;
  readonly #augmented: Float32Array;

  /**
   * @param classCount two: one target in 0..1 an example; more: one target a class
   */
  constructor(batches: BatchStream, classCount: number, options: ExampleOptions = {}) {
    this.#batches = batches;
    this.#classCount = classCount;
    this.#options = options;
    this.#pixels = new Uint8Array(batches.batchBytes);
    this.#augmented = new Float32Array(options.augmenting === undefined ? 0 : batches.batchBytes);
  }

  /** Milliseconds spent waiting for pixels so far. */
  get waitedMs(): number {
    return this.#batches.waitedMs;
  }

  /** Where the next batch begins: a stream opened there goes on exactly. */
  get position(): StreamPosition {
    return this.#batches.position;
  }

  /**
   * The next batch; its inputs are good until the next call. Its size is 0 when all its images are bad.
   *
   * @throws CnnvizError BAD_IMAGE, BAD_DATASET; Error at the end of a stream that has one
   */
  async next(): Promise<TrainerBatch> {
    const { value: batch } = await this.#batches.next(this.#pixels);
    if (batch === undefined) throw new Error('the stream of batches has ended');
    const { size, classIndexes } = batch;
    const { source } = this.#batches;
    const { preprocessing } = source;
    const { augmenting, labelSmoothing, classWeights } = this.#options;
    const inputs =
      augmenting === undefined
        ? source.toInput(batch.pixels)
        : normalize(augmentBatch(batch, augmenting, preprocessing, this.#augmented), preprocessing);
    const examples = { inputs, size, targets: encodeTargets(classIndexes, this.#classCount, labelSmoothing) };
    if (classWeights === undefined) return examples;
    return { ...examples, sampleWeights: Float32Array.from(classIndexes, (index) => classWeights[index] as number) };
  }

  /** Ends the decoding ahead. */
  async close(): Promise<void> {
    await this.#batches.return();
  }
}

/**
 * Two classes: the index itself, [size, 1]; more: one-hot, [size, classCount]. Smoothed as Keras does: all classes share
 * `labelSmoothing` equally, the right one has the rest besides (Szegedy et al., 2016).
 *
 * @internal exported for its test
 */
export function encodeTargets(classIndexes: Int32Array, classCount: number, labelSmoothing = 0): Float32Array {
  const share = labelSmoothing / classCount;
  const smooth = (target: number) => target * (1 - labelSmoothing) + share;
  if (classCount === 2) return Float32Array.from(classIndexes, smooth);
  const targets = new Float32Array(classIndexes.length * classCount).fill(share);
  for (const [example, classIndex] of classIndexes.entries()) targets[example * classCount + classIndex] = smooth(1);
  return targets;
}
