// Two maps, and two layers, in a few numbers.

import type { Plane } from '../base/plane.js';

export interface MapDifference {
  meanA: number;
  meanB: number;
  /** root mean square of the differences of their values */
  difference: number;
  /** Pearson's, place by place; null where one is the same everywhere */
  correlation: number | null;
}

/** @param a, b of one size */
export function compareMaps({ values: a }: Plane, { values: b }: Plane): MapDifference {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [squares, aa, bb, ab] = [0, 0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] as number, b[index] as number];
    squares += (x - y) ** 2;
    aa += (x - meanA) ** 2;
    bb += (y - meanB) ** 2;
    ab += (x - meanA) * (y - meanB);
  }
  const correlation = aa > 0 && bb > 0 ? Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb))) : null;
  return { meanA, meanB, difference: Math.sqrt(squares / a.length), correlation };
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The cosine between two lists of numbers; null where one is 0 everywhere. */
export function cosineOf(a: Float32Array, b: Float32Array): number | null {
  let [aa, bb, ab] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] as number, b[index] as number];
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}
