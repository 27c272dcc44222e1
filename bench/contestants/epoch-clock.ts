import { report, startClock } from './clock.js';

/** Measures from the start of the second epoch to the end of the last, and reports the mean of one epoch. */
export class EpochClock {
  readonly #epochs: number;
  #read = startClock();
  #waited: number[] = [];

  constructor(epochs: number) {
    this.#epochs = epochs;
  }

  /** epoch: from 1 */
  start(epoch: number): void {
    if (epoch === 2) this.#read = startClock();
  }

  /** waitedFraction: of the epoch's time, spent waiting for pixels */
  end(epoch: number, waitedFraction?: number): void {
    if (epoch > 1 && waitedFraction !== undefined) this.#waited.push(waitedFraction);
    if (epoch < this.#epochs) return;
    const { wallMs, cpuMs } = this.#read();
    const counted = this.#epochs - 1;
    report({
      wallS: wallMs / 1e3 / counted,
      cpuS: cpuMs / 1e3 / counted,
      ...(this.#waited.length > 0 && { waitedPercent: Math.max(...this.#waited) * 100 }),
    });
  }
}
