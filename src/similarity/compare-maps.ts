// Two maps, and two layers, in a few numbers. Places where one of the two is NaN or infinite are left out.

import type { Plane } from '../base/plane.js';

/** The numbers are null where no place is finite in both. */
export interface MapDifference {
  meanA: number | null;
  meanB: number | null;
  /** root mean square of the differences of their values */
  difference: number | null;
  /** Pearson's, place by place; null where one is the same everywhere as well */
  correlation: number | null;
}

/** @param a, b of one size */
export function compareMaps({ values: a }: Plane, { values: b }: Plane): MapDifference {
  let [count, sumA, sumB] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] as number, b[index] as number];
    if (!areFinite(x, y)) continue;
    count++;
    sumA += x;
    sumB += y;
  }
  if (count === 0) return { meanA: null, meanB: null, difference: null, correlation: null };
  const [meanA, meanB] = [sumA / count, sumB / count];
  let [squares, aa, bb, ab] = [0, 0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] as number, b[index] as number];
    if (!areFinite(x, y)) continue;
    squares += (x - y) ** 2;
    aa += (x - meanA) ** 2;
    bb += (y - meanB) ** 2;
    ab += (x - meanA) * (y - meanB);
  }
  const correlation = aa > 0 && bb > 0 ? Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb))) : null;
  return { meanA, meanB, difference: Math.sqrt(squares / count), correlation };
}

/** The cosine between two lists of numbers; null where one is 0 everywhere. */
export function cosineOf(a: Float32Array, b: Float32Array): number | null {
  let [aa, bb, ab] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] as number, b[index] as number];
    if (!areFinite(x, y)) continue;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

// NaN and infinities alone leave something when subtracted from themselves.
function areFinite(x: number, y: number): boolean {
  return x - x === 0 && y - y === 0;
}
