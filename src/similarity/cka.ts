// Linear centered kernel alignment of the layers of two networks.

import { hsicSizeAtLeast, unbiasedHsic } from './hsic.js';

/** Products of each image's features with each other's, [size, size]; one for each layer. */
export type Grams = readonly ArrayLike<number>[];

/**
 * Linear CKA (Kornblith et al., 2019) of every layer of one network with every layer of another, from one pass over the images
 * in batches, by the unbiased estimator: HSIC(K, L) / sqrt(HSIC(K, K) HSIC(L, L)), each a mean over batches (Nguyen et al., 2021).
 * 1 for the same features up to a rotation and a factor, about 0 for features that have nothing in common.
 */
export class CkaTable {
  readonly #rows: number;
  readonly #columns: number;
  /** sums over batches, each times its images: of pairs, and of each layer with itself */
  readonly #pairs: Float64Array;
  readonly #ownRows: Float64Array;
  readonly #ownColumns: Float64Array;
  #imageCount = 0;

  /** @param rows, columns layers of the two networks */
  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#pairs = new Float64Array(rows * columns);
    this.#ownRows = new Float64Array(rows);
    this.#ownColumns = new Float64Array(columns);
  }

  /** Images that count. */
  get imageCount(): number {
    return this.#imageCount;
  }

  /** @param size images of the batch; one of fewer than 4 says nothing */
  add(rows: Grams, columns: Grams, size: number): void {
    if (size < hsicSizeAtLeast) return;
    this.#imageCount += size;
    rows.forEach((k, row) => {
      addTo(this.#ownRows, row, size * unbiasedHsic(k, k, size));
      columns.forEach((l, column) => {
        addTo(this.#pairs, row * this.#columns + column, size * unbiasedHsic(k, l, size));
      });
    });
    columns.forEach((l, column) => {
      addTo(this.#ownColumns, column, size * unbiasedHsic(l, l, size));
    });
  }

  /** A row for each layer of the first network; NaN where a layer puts out the same for all images. */
  get values(): number[][] {
    return Array.from({ length: this.#rows }, (_, row) =>
      Array.from({ length: this.#columns }, (__, column) => {
        const own = (this.#ownRows[row] as number) * (this.#ownColumns[column] as number);
        return own > 0 ? (this.#pairs[row * this.#columns + column] as number) / Math.sqrt(own) : Number.NaN;
      }),
    );
  }
}

function addTo(sums: Float64Array, index: number, value: number): void {
  sums[index] = (sums[index] as number) + value;
}
