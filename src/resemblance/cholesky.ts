// The Cholesky factor of a symmetric positive definite matrix, and what is solved with it.

/**
 * The lower triangle L with L L' = A.
 *
 * @param matrix [size, size], of which the lower triangle is read
 * @returns [size, size], 0 above the diagonal; undefined where the matrix is not positive definite
 */
export function factorize(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const left = (matrix[row * size + column] as number) - dotRows(factor, row, column, column, size);
      if (row > column) factor[row * size + column] = left / (factor[column * size + column] as number);
      else if (left > 0) factor[row * size + row] = Math.sqrt(left);
      else return undefined;
    }
  }
  return factor;
}

/** x with L x = b, written over b. */
export function solveLower(factor: Float64Array, size: number, right: Float64Array): Float64Array {
  for (let row = 0; row < size; row++) {
    const start = row * size;
    let left = right[row] as number;
    for (let column = 0; column < row; column++) left -= (factor[start + column] as number) * (right[column] as number);
    right[row] = left / (factor[start + row] as number);
  }
  return right;
}

/** Product of the beginnings of two rows. */
function dotRows(matrix: Float64Array, one: number, other: number, count: number, size: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) {
    sum += (matrix[one * size + at] as number) * (matrix[other * size + at] as number);
  }
  return sum;
}
