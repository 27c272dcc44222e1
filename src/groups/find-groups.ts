// The best of several factorizations of a sample, and what the others say of it.

import { createRandom } from '../base/random.js';
import { Factorization, sumSquares } from './factorization.js';
import type { Matrix } from './products.js';

/** Groups of channels. */
export interface FoundGroups {
  /** groups that were found: fewer than asked for where the matrix has no more */
  count: number;
  /** [groups, channels], the rows of length 1 */
  weights: Float64Array;
  /** 0..1: the part of the sample's sum of squares that they explain; 1 of one that is 0 everywhere, with no groups */
  share: number;
  /**
   * of each group 0..1: how much it is like the group nearest to it that each other beginning led to, by the cosine of their weights, on
   * average; 1 is the same group every time
   */
  recurrences: number[];
}

/** How a factorization ends: it grows by less than this a step, or after so many steps. */
export interface Limits {
  growth: number;
  steps: number;
}

const limits: Limits = { growth: 1e-5, steps: 300 };

/**
 * @param starts factorizations, each with another beginning; the one that explains most is kept
 * @param pause between two steps, which take up to a second, of a factorization from 0; what it throws ends the search
 */
export async function findGroups(
  matrix: Matrix,
  search: { count: number; seed: number; starts: number; limits?: Limits },
  pause: (start: number) => Promise<void>,
): Promise<FoundGroups> {
  const { growth, steps } = search.limits ?? limits;
  const squares = sumSquares(matrix.values);
  const all: { weights: Float64Array; share: number }[] = [];
  for (let start = 0; start < search.starts; start++) {
    const random = createRandom(search.seed, 'groups', start);
    const factorization = new Factorization(matrix, search.count, random, squares);
    for (let step = 0; step < steps; step++) {
      const grown = factorization.step();
      await pause(start);
      if (step > 0 && grown < growth) break;
    }
    all.push({ weights: factorization.weights, share: factorization.share });
  }
  const best = all.reduce((a, b) => (b.share > a.share ? b : a));
  const columns = matrix.columns;
  const rows = rowsOf(best.weights, columns).filter((row) => row.some((weight) => weight > 0));
  const others = all.filter((each) => each !== best).map(({ weights }) => rowsOf(weights, columns));
  const weights = new Float64Array(rows.length * columns);
  for (const [group, row] of rows.entries()) weights.set(row, group * columns);
  const recurrences = rows.map((row) => mean(others.map((other) => Math.max(...other.map((each) => dot(row, each))))));
  return { count: rows.length, weights, share: best.share, recurrences };
}

function rowsOf(weights: Float64Array, columns: number): Float64Array[] {
  return Array.from({ length: weights.length / columns }, (_, row) =>
    weights.subarray(row * columns, (row + 1) * columns),
  );
}

/** 1 of none: there was nothing to compare with. */
function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 1 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
}
