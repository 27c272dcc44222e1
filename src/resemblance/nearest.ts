// The images that are most alike to a network, in the features that it decides by.

/** An image whose likes are looked for. */
export interface Query {
  /** [units] */
  features: Float32Array;
  /** [units]: how much the score of its class grows with each feature */
  weights: Float32Array;
}

/** An image of those that were gone through, and how alike it is. */
export interface Match {
  /** its place among them */
  index: number;
  /** -1..1; 1: the same but for a factor */
  similarity: number;
}

/**
 * Keeps the most alike of many images that come one after the other: the cosine of the angle between what each feature adds
 * to the score of the query's class in both, feature times weight. A feature that adds nothing counts for nothing, however
 * much it differs.
 */
export class NearestImages {
  readonly #count: number;
  readonly #queries: { squares: Float64Array; features: Float32Array; length: number }[];
  /** of each query, the most alike first */
  readonly matches: Match[][];

  constructor(queries: readonly Query[], count: number) {
    this.#count = count;
    this.#queries = queries.map(({ features, weights }) => {
      const squares = Float64Array.from(weights, (weight) => weight ** 2);
      return { squares, features, length: Math.sqrt(multiply(squares, features, features)) };
    });
    this.matches = queries.map(() => []);
  }

  /** @param index of the image @param isSkipped for which queries it does not count */
  add(index: number, features: Float32Array, isSkipped: (query: number) => boolean = () => false): void {
    for (const [at, { squares, features: own, length }] of this.#queries.entries()) {
      if (isSkipped(at)) continue;
      const scale = length * Math.sqrt(multiply(squares, features, features));
      const similarity = scale > 0 ? multiply(squares, own, features) / scale : 0;
      const matches = this.matches[at] as Match[];
      const place = matches.findIndex((match) => match.similarity < similarity);
      if (place >= 0) matches.splice(place, 0, { index, similarity });
      else if (matches.length < this.#count) matches.push({ index, similarity });
      if (matches.length > this.#count) matches.pop();
    }
  }
}

function multiply(squares: Float64Array, one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < squares.length; at++)
    sum += (squares[at] as number) * (one[at] as number) * (other[at] as number);
  return sum;
}
