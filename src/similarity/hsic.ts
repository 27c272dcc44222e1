// How much two sets of features of the same images have in common.

/**
 * The unbiased estimator of the Hilbert-Schmidt independence criterion (Song et al., 2012, equation 5): with both diagonals 0,
 * (tr(K L) + (1'K1)(1'L1) / ((n - 1)(n - 2)) - 2 / (n - 2) 1'K L 1) / (n (n - 3)). Its expectation is the same for a batch
 * of any size, so that a mean over batches comes near to the value of all images (Nguyen et al., 2021, appendix A).
 *
 * @param k, l symmetric, [size, size]: products of each image's features with each other's
 * @param size at least 4
 */
export function unbiasedHsic(k: ArrayLike<number>, l: ArrayLike<number>, size: number): number {
  let [trace, kSum, lSum, product] = [0, 0, 0, 0];
  for (let row = 0; row < size; row++) {
    let [kRow, lRow] = [0, 0];
    for (let column = 0; column < size; column++) {
      if (column === row) continue;
      const [a, b] = [k[row * size + column] as number, l[row * size + column] as number];
      trace += a * b;
      kRow += a;
      lRow += b;
    }
    kSum += kRow;
    lSum += lRow;
    product += kRow * lRow;
  }
  const rest = (kSum * lSum) / ((size - 1) * (size - 2)) - (2 * product) / (size - 2);
  return (trace + rest) / (size * (size - 3));
}

/** The fewest images of a batch that say something. */
export const hsicSizeAtLeast = 4;
