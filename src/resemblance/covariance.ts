// Mean and shrunk covariance of rows that come one after the other and are not kept.

/** What some rows have in common. */
export interface Distribution {
  mean: Float64Array;
  /** [features, features] */
  covariance: Float64Array;
  /** how much of the covariance is the mean variance on its diagonal, 0..1 */
  shrinkage: number;
}

/**
 * Sums up rows for the covariance of Ledoit and Wolf ("A well-conditioned estimator for large-dimensional covariance
 * matrices", 2004): the empirical one, drawn to the mean variance m times the identity, (1 - s) S + s m I, with the share s that
 * has the least expected error. It can be inverted for fewer rows than features, too.
 *
 * One pass: what the share needs of the rows, the sum of |x - mean|^4, follows from sums as well. Distances are taken from
 * the first row, so that nothing large is subtracted from something as large.
 */
export class CovarianceSums {
  readonly #size: number;
  #count = 0;
  readonly #origin: Float64Array;
  readonly #distances: Float64Array;
  /** of the distances x from the first row: x, x |x|^2, and x x' (the lower triangle) */
  readonly #sums: Float64Array;
  readonly #weighted: Float64Array;
  readonly #products: Float64Array;
  /** of |x|^2 and of |x|^4 */
  #squares = 0;
  #fourth = 0;

  constructor(size: number) {
    this.#size = size;
    [this.#origin, this.#distances] = [new Float64Array(size), new Float64Array(size)];
    [this.#sums, this.#weighted] = [new Float64Array(size), new Float64Array(size)];
    this.#products = new Float64Array(size * size);
  }

  get count(): number {
    return this.#count;
  }

  /** @param row [features], finite */
  add(row: Float64Array): void {
    if (this.#count === 0) this.#origin.set(row);
    this.#count++;
    const [size, x, products] = [this.#size, this.#distances, this.#products];
    let square = 0;
    for (let at = 0; at < size; at++) {
      x[at] = (row[at] as number) - (this.#origin[at] as number);
      square += (x[at] as number) ** 2;
    }
    for (let one = 0; one < size; one++) {
      const value = x[one] as number;
      this.#sums[one] = (this.#sums[one] as number) + value;
      this.#weighted[one] = (this.#weighted[one] as number) + value * square;
      const start = one * size;
      for (let other = 0; other <= one; other++) {
        products[start + other] = (products[start + other] as number) + value * (x[other] as number);
      }
    }
    this.#squares += square;
    this.#fourth += square ** 2;
  }

  /** Of at least two rows. */
  estimate(): Distribution {
    const [size, count] = [this.#size, this.#count];
    const offset = this.#sums.map((sum) => sum / count);
    const covariance = new Float64Array(size * size);
    let [trace, norm] = [0, 0];
    for (let one = 0; one < size; one++) {
      for (let other = 0; other <= one; other++) {
        const product = (this.#products[one * size + other] as number) / count;
        const value = product - (offset[one] as number) * (offset[other] as number);
        covariance[one * size + other] = value;
        covariance[other * size + one] = value;
        norm += (one === other ? 1 : 2) * value ** 2;
      }
      trace += covariance[one * size + one] as number;
    }
    const variance = trace / size;
    // In the paper's words: delta is the distance of S from m I, beta the mean squared error of S, both by their squares.
    const delta = norm - size * variance ** 2;
    const beta = Math.max(0, (this.#sumFourth(offset) / count - norm) / count);
    const shrinkage = delta <= 0 ? 0 : Math.min(1, beta / delta);
    for (let at = 0; at < covariance.length; at++) {
      const target = at % (size + 1) === 0 ? variance : 0;
      covariance[at] = (1 - shrinkage) * (covariance[at] as number) + shrinkage * target;
    }
    return { mean: offset.map((value, at) => value + (this.#origin[at] as number)), covariance, shrinkage };
  }

  /** The sum of |x - o|^4, by |x - o|^2 = |x|^2 - 2 o.x + |o|^2. */
  #sumFourth(offset: Float64Array): number {
    const [size, count] = [this.#size, this.#count];
    let [own, weighted, quadratic] = [0, 0, 0];
    for (let one = 0; one < size; one++) {
      const value = offset[one] as number;
      own += value ** 2;
      weighted += value * (this.#weighted[one] as number);
      for (let other = 0; other <= one; other++) {
        const product = value * (offset[other] as number) * (this.#products[one * size + other] as number);
        quadratic += one === other ? product : 2 * product;
      }
    }
    // The sum of o.x is count |o|^2.
    return (
      this.#fourth + 4 * quadratic + count * own ** 2 - 4 * weighted + 2 * own * this.#squares - 4 * count * own ** 2
    );
  }
}
