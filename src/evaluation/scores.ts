/** What a network said of images whose classes are known: one row an image. */
export interface Scores {
  classCount: number;
  /** [images]: the class that each image shows */
  classIndexes: Int32Array;
  /** [images, classCount], 0..1 */
  probabilities: Float32Array;
  /** [images]: the image's place in the list that was evaluated; bad images leave gaps */
  imageIndexes: Int32Array;
}

/** Collects the scores of many images: 4 bytes for each class of each, and nothing of their pixels. */
export class ScoreSheet {
  readonly #classCount: number;
  readonly #classIndexes: Int32Array;
  readonly #probabilities: Float32Array;
  readonly #imageIndexes: Int32Array;
  #size = 0;

  /** @param capacity images at most */
  constructor(capacity: number, classCount: number) {
    this.#classCount = classCount;
    this.#classIndexes = new Int32Array(capacity);
    this.#probabilities = new Float32Array(capacity * classCount);
    this.#imageIndexes = new Int32Array(capacity);
  }

  /**
   * Adds a batch.
   *
   * @param outputs [images, units]: the probabilities of as many classes, or one unit, the probability of the second of two
   */
  add(outputs: Float32Array, classIndexes: Int32Array, imageIndexes: Int32Array): void {
    const start = this.#size * this.#classCount;
    if (outputs.length === classIndexes.length) {
      outputs.forEach((second, image) => {
        this.#probabilities[start + image * 2] = 1 - second;
        this.#probabilities[start + image * 2 + 1] = second;
      });
    } else {
      this.#probabilities.set(outputs, start);
    }
    this.#classIndexes.set(classIndexes, this.#size);
    this.#imageIndexes.set(imageIndexes, this.#size);
    this.#size += classIndexes.length;
  }

  /** Of the images so far. */
  get scores(): Scores {
    return {
      classCount: this.#classCount,
      classIndexes: this.#classIndexes.subarray(0, this.#size),
      probabilities: this.#probabilities.subarray(0, this.#size * this.#classCount),
      imageIndexes: this.#imageIndexes.subarray(0, this.#size),
    };
  }
}

/** The class that the network takes an image for: the most probable one, of equals the first. */
export function predictedClass({ probabilities, classCount }: Scores, image: number): number {
  let best = 0;
  for (let candidate = 1; candidate < classCount; candidate++) {
    const start = image * classCount;
    if ((probabilities[start + candidate] as number) > (probabilities[start + best] as number)) best = candidate;
  }
  return best;
}

/** How probable the network finds that an image shows a class: 0..1. */
export function probabilityOf({ probabilities, classCount }: Scores, image: number, classIndex: number): number {
  return probabilities[image * classCount + classIndex] as number;
}
