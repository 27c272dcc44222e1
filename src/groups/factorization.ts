// Non-negative matrix factorization: few groups of channels whose sum is as near as possible to what a layer puts out.

import type { Random } from '../base/random.js';
import { type Matrix, multiplyByRows, productsOf } from './products.js';

/** How often each half is improved between two passes over the matrix: those are what takes the time (Gillis and Glineur, 2012). */
const sweeps = 3;

/**
 * X ~ W H with W, H >= 0 and the least sum of squared differences, by hierarchical alternating least squares (Cichocki, Zdunek
 * and Amari, 2007; the sum that is minimized is that of Lee and Seung, 2001). It begins at rows of the matrix that differ from
 * each other, drawn as k-means++ draws its centers, and can end in another place for each draw.
 */
export class Factorization {
  readonly #matrix: Matrix;
  readonly #squares: number;
  readonly #strengths: Float64Array;
  readonly #weights: Float64Array;
  readonly #count: number;
  #error: number;

  /** @param count of groups @param squares of all values of the matrix, summed */
  constructor(matrix: Matrix, count: number, random: Random, squares = sumSquares(matrix.values)) {
    this.#matrix = matrix;
    this.#count = count;
    this.#squares = squares;
    this.#error = squares;
    this.#strengths = new Float64Array(matrix.rows * count);
    this.#weights = drawRows(matrix, count, random);
  }

  /** [groups, columns]: what each channel counts in each group, as a vector of length 1; all 0 for a group that is not needed */
  get weights(): Float64Array {
    const weights = this.#weights.slice();
    const { columns } = this.#matrix;
    for (let group = 0; group < this.#count; group++) {
      const own = weights.subarray(group * columns, (group + 1) * columns);
      const length = Math.hypot(...own);
      if (length > 0) for (let column = 0; column < columns; column++) own[column] = (own[column] as number) / length;
    }
    return weights;
  }

  /** 0..1: the part of the sum of squares that the groups explain */
  get share(): number {
    return this.#squares === 0 ? 1 : Math.max(0, 1 - this.#error / this.#squares);
  }

  /** Improves both halves once. @returns by how much the share has grown */
  step(): number {
    const before = this.share;
    const [count, { rows, columns }] = [this.#count, this.#matrix];
    const products = multiplyByRows(this.#matrix, this.#weights, count);
    const gram = productsOf(this.#weights, count, columns);
    improve(this.#strengths, { products, gram, count, length: rows, sweeps });
    const { sums, squares } = this.#sumUp();
    const weights = turn(this.#weights, count, columns);
    improve(weights, { products: sums, gram: squares, count, length: columns, sweeps });
    this.#weights.set(turn(weights, columns, count));
    this.#error = this.#squares - 2 * dot(sums, weights) + dot(squares, productsOf(this.#weights, count, columns));
    return this.share - before;
  }

  /** W'X, a row a column of X, and W'W. */
  #sumUp(): { sums: Float64Array; squares: Float64Array } {
    const [count, { rows, columns, values }] = [this.#count, this.#matrix];
    const sums = new Float64Array(columns * count);
    const squares = new Float64Array(count * count);
    for (let row = 0; row < rows; row++) {
      const own = this.#strengths.subarray(row * count, (row + 1) * count);
      for (let column = 0; column < columns; column++) {
        const value = values[row * columns + column] as number;
        if (value === 0) continue;
        for (let group = 0; group < count; group++) add(sums, column * count + group, value * (own[group] as number));
      }
      for (let a = 0; a < count; a++)
        for (let b = 0; b < count; b++) add(squares, a * count + b, (own[a] as number) * (own[b] as number));
    }
    return { sums, squares };
  }
}

/**
 * Least squares without anything below 0, coordinate by coordinate: each row of `values` comes nearer to what its products ask for.
 *
 * @param values [length, count]
 * @param problem at most so many `sweeps` for a row, fewer where none of its values moves any more
 */
export function improve(
  values: Float64Array,
  problem: { products: Float64Array; gram: Float64Array; count: number; length: number; sweeps: number },
): void {
  const { products, gram, count, length } = problem;
  for (let row = 0; row < length; row++) {
    const first = row * count;
    for (let sweep = 0; sweep < problem.sweeps; sweep++) {
      let [moved, largest] = [0, 0];
      for (let group = 0; group < count; group++) {
        const scale = gram[group * count + group] as number;
        if (scale === 0) continue;
        let rest = products[first + group] as number;
        for (let other = 0; other < count; other++)
          rest -= (values[first + other] as number) * (gram[group * count + other] as number);
        const before = values[first + group] as number;
        const after = Math.max(0, before + rest / scale);
        values[first + group] = after;
        moved = Math.max(moved, Math.abs(after - before));
        largest = Math.max(largest, after);
      }
      if (moved <= 1e-12 * largest) break;
    }
  }
}

/** Rows that differ: each is drawn by how much of it those before it leave unexplained. [count, columns] */
function drawRows({ rows, columns, values }: Matrix, count: number, random: Random): Float64Array {
  const drawn = new Float64Array(count * columns);
  const left = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const rowOf = (row: number) => values.subarray(row * columns, (row + 1) * columns);
  for (let group = 0; group < count; group++) {
    const chosen = group === 0 ? undefined : drawn.subarray((group - 1) * columns, group * columns);
    const squares = chosen === undefined ? 0 : dot(chosen, chosen);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const own = rowOf(row);
      const product = chosen === undefined || squares === 0 ? 0 : dot(chosen, own);
      const rest = dot(own, own) - (squares === 0 ? 0 : product ** 2 / squares);
      // Of a row that those before it explain, rounding leaves a little.
      left[row] = rest < 1e-9 * dot(own, own) ? 0 : Math.min(left[row] as number, rest);
      sum += left[row] as number;
    }
    const row = drawIndex(left, random() * sum);
    if (row >= 0) drawn.set(rowOf(row), group * columns);
  }
  return drawn;
}

/** The first index at which the sum reaches what is wanted; -1 where all are 0. */
function drawIndex(parts: Float64Array, wanted: number): number {
  let sum = 0;
  return parts.findIndex((part) => {
    sum += part;
    return part > 0 && sum >= wanted;
  });
}

function turn(values: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)] as number);
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] as number) + value;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

export function sumSquares(values: Float32Array): number {
  return dot(values, values);
}
