// Products of small matrices.

/** What is factored: one row a place, one column a channel; nothing below 0. */
export interface Matrix {
  rows: number;
  columns: number;
  /** row by row */
  values: Float32Array;
}

/** Every row of a matrix times every group's weights: [rows, count]. @param weights [count, columns] */
export function multiplyByRows({ rows, columns, values }: Matrix, weights: Float64Array, count: number): Float64Array {
  const products = new Float64Array(rows * count);
  const byColumn = Float64Array.from(
    weights,
    (_, at) => weights[(at % count) * columns + Math.floor(at / count)] as number,
  );
  const sums = new Float64Array(count);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] as number;
      // What a relu puts out is 0 more often than not.
      if (value === 0) continue;
      const first = column * count;
      for (let group = 0; group < count; group++)
        sums[group] = (sums[group] as number) + value * (byColumn[first + group] as number);
    }
    products.set(sums, row * count);
  }
  return products;
}

/** Every group's weights times every other's: [count, count]. @param weights [count, columns] */
export function productsOf(weights: Float64Array, count: number, columns: number): Float64Array {
  const products = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let sum = 0;
      for (let column = 0; column < columns; column++)
        sum += (weights[a * columns + column] as number) * (weights[b * columns + column] as number);
      products[a * count + b] = sum;
    }
  }
  return products;
}
