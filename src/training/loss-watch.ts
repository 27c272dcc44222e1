const TIMES = 10;
const STEPS = 20;

/** Tells of a loss that stays far above what it was in the first epoch, once each time that it does. */
export class LossWatch {
  readonly #warn: (message: string) => void;
  #stepsAbove = 0;

  /** @param warn gets one line */
  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /**
   * @param loss of one step
   * @param step from 1, of all epochs
   * @param firstMean the mean of the first epoch; undefined until it is over
   */
  see(loss: number, step: number, firstMean: number | undefined): void {
    const isAbove = firstMean !== undefined && loss > TIMES * firstMean;
    this.#stepsAbove = isAbove ? this.#stepsAbove + 1 : 0;
    if (firstMean === undefined || this.#stepsAbove !== STEPS) return;
    this.#warn(
      `the loss has been over ${TIMES} times the first epoch's mean (${firstMean.toFixed(4)}) for ${STEPS} steps, ` +
        `${loss.toPrecision(4)} at step ${step}: a lower --learning-rate may help`,
    );
  }
}
