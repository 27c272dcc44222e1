// Draws the course of a number as block characters in a line of text.

const BLOCKS = '▁▂▃▄▅▆▇█';

/** Means of equally long stretches of a number's course. */
interface Stretch {
  sum: number;
  count: number;
}

/** How a number went from its first value to the last one, as blocks in a line of text: the lower, the smaller. */
export class Sparkline {
  readonly #width: number;
  #stretches: Stretch[] = [];
  /** values that each stretch stands for */
  #length = 1;

  /** @param width characters; an even number */
  constructor(width: number) {
    this.#width = width;
  }

  /** What is not finite is left out. */
  add(value: number): void {
    if (!Number.isFinite(value)) return;
    const last = this.#stretches.at(-1);
    if (last !== undefined && last.count < this.#length) {
      last.sum += value;
      last.count++;
      return;
    }
    if (this.#stretches.length === this.#width) this.#halve();
    this.#stretches.push({ sum: value, count: 1 });
  }

  /** As wide as it was made, with blanks for what is to come. */
  toString(): string {
    const means = this.#stretches.map(({ sum, count }) => sum / count);
    const lowest = Math.min(...means);
    const range = Math.max(...means) - lowest;
    const toBlock = (mean: number) => BLOCKS[range === 0 ? 3 : Math.round((7 * (mean - lowest)) / range)];
    return means.map(toBlock).join('').padEnd(this.#width);
  }

  #halve(): void {
    this.#stretches = Array.from({ length: this.#width / 2 }, (_, index) => {
      const [first, second] = this.#stretches.slice(2 * index) as [Stretch, Stretch];
      return { sum: first.sum + second.sum, count: first.count + second.count };
    });
    this.#length *= 2;
  }
}
