/** How far a value goes in a step at most, about: the rate of Olah et al. (2017). */
const rate = 0.05;
const [firstMoment, secondMoment] = [0.9, 0.999];

/** Adam, upward: Kingma, Ba: "Adam: A Method for Stochastic Optimization", ICLR 2015. */
export class Adam {
  readonly #means: Float32Array;
  readonly #squares: Float32Array;
  #step = 0;

  /** @param size values in all */
  constructor(size: number) {
    this.#means = new Float32Array(size);
    this.#squares = new Float32Array(size);
  }

  /** One step, in place; what has no slope stays. */
  ascend(values: Float32Array, gradient: Float32Array): void {
    this.#step++;
    const [firstBias, secondBias] = [1 - firstMoment ** this.#step, 1 - secondMoment ** this.#step];
    const [means, squares] = [this.#means, this.#squares];
    for (let at = 0; at < values.length; at++) {
      const slope = gradient[at] as number;
      const mean = firstMoment * (means[at] as number) + (1 - firstMoment) * slope;
      const square = secondMoment * (squares[at] as number) + (1 - secondMoment) * slope * slope;
      means[at] = mean;
      squares[at] = square;
      if (square > 0) (values[at] as number) += (rate * (mean / firstBias)) / Math.sqrt(square / secondBias);
    }
  }
}
