// The correlation of every channel of one layer with every channel of another, over many images.

import { sumChannels } from './products.js';

/** Pearson's correlations, from one pass: sums are of batches, in double precision from there on. */
export class ChannelCorrelation {
  readonly #rows: number;
  readonly #columns: number;
  /** roughly the channels' means: those of the first batch */
  #shift: { a: Float32Array; b: Float32Array } | undefined;
  readonly #sums: Record<'a' | 'b' | 'aSquares' | 'bSquares' | 'products', Float64Array>;
  #count = 0;

  /** @param rows, columns channels of the two layers */
  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#sums = {
      a: new Float64Array(rows),
      b: new Float64Array(columns),
      aSquares: new Float64Array(rows),
      bSquares: new Float64Array(columns),
      products: new Float64Array(rows * columns),
    };
  }

  /** @param a, b [values, channels]: the same places of the same images */
  async add(a: Float32Array, b: Float32Array): Promise<void> {
    this.#shift ??= { a: channelMeans(a, this.#rows), b: channelMeans(b, this.#columns) };
    const sums = await sumChannels(a, b, this.#shift);
    for (const [name, own] of Object.entries(this.#sums) as [keyof typeof sums, Float64Array][]) {
      const added = sums[name];
      for (let index = 0; index < own.length; index++) own[index] = (own[index] as number) + (added[index] as number);
    }
    this.#count += a.length / this.#rows;
  }

  /** A row for each channel of the first layer; NaN for a channel that is the same everywhere. */
  get values(): Float64Array[] {
    const { a, b, aSquares, bSquares, products } = this.#sums;
    const spread = (sum: number, squares: number) => squares - sum ** 2 / this.#count;
    return Array.from({ length: this.#rows }, (_, row) =>
      Float64Array.from({ length: this.#columns }, (__, column) => {
        const [aSum, bSum] = [a[row] as number, b[column] as number];
        const both = (products[row * this.#columns + column] as number) - (aSum * bSum) / this.#count;
        const own = spread(aSum, aSquares[row] as number) * spread(bSum, bSquares[column] as number);
        return own > 0 ? Math.min(1, Math.max(-1, both / Math.sqrt(own))) : Number.NaN;
      }),
    );
  }
}

function channelMeans(values: Float32Array, channels: number): Float32Array {
  const sums = new Float64Array(channels);
  for (let index = 0; index < values.length; index++) {
    const channel = index % channels;
    sums[channel] = (sums[channel] as number) + (values[index] as number);
  }
  return Float32Array.from(sums, (sum) => (sum * channels) / values.length);
}
