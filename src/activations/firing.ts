import type { Plane } from '../base/plane.js';

/** Where and how much a channel fires, that is, is above 0. */
export interface Firing {
  /** 0..1, of all values */
  fraction: number;
  /**
   * shares of the sum of all values above 0 that lie in each ninth of the map, three by three, row by row; together 1, or
   * all 0 where nothing fires
   */
  regions: readonly number[];
}

/** Measures one map. NaN and infinities count as not firing. */
export function measureFiring({ width, height, values }: Plane): Firing {
  const down = sharesOfThirds(height);
  // Where a row's first and second third end: in which pixel, and after how much of it.
  const firstEnd = Math.floor(width / 3);
  const firstShare = width / 3 - firstEnd;
  const secondEnd = Math.floor((2 * width) / 3);
  const secondShare = (2 * width) / 3 - secondEnd;
  const regions = new Float64Array(9);
  let count = 0;
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    let untilFirst = 0;
    let untilSecond = 0;
    for (let x = 0; x < width; x++) {
      const value = values[start + x] as number;
      const firing = value > 0 && value < Infinity ? value : 0;
      if (firing > 0) count++;
      if (x === firstEnd) untilFirst = sum + firstShare * firing;
      if (x === secondEnd) untilSecond = sum + secondShare * firing;
      sum += firing;
    }
    for (let third = 0; third < 3; third++) {
      const share = down[y * 3 + third] as number;
      (regions[third * 3] as number) += share * untilFirst;
      (regions[third * 3 + 1] as number) += share * (untilSecond - untilFirst);
      (regions[third * 3 + 2] as number) += share * (sum - untilSecond);
    }
  }
  const total = regions.reduce((sum, region) => sum + region, 0);
  return {
    fraction: count / values.length,
    regions: Array.from(regions, (region) => (total > 0 ? region / total : 0)),
  };
}

/** How much of each row lies in the first, second and last third of the rows: a map that is even gives each as much. */
function sharesOfThirds(size: number): Float64Array {
  const shares = new Float64Array(size * 3);
  for (let pixel = 0; pixel < size; pixel++) {
    for (let third = 0; third < 3; third++) {
      const start = Math.max(pixel, (third * size) / 3);
      const end = Math.min(pixel + 1, ((third + 1) * size) / 3);
      shares[pixel * 3 + third] = Math.max(0, end - start);
    }
  }
  return shares;
}

/** Parts of a map, the smallest first: what they are called, and the ninths that they consist of. */
const parts: readonly (readonly [name: string, ninths: readonly number[]])[] = [
  ['upper left', [0]],
  ['upper middle', [1]],
  ['upper right', [2]],
  ['middle left', [3]],
  ['in the center', [4]],
  ['middle right', [5]],
  ['lower left', [6]],
  ['lower middle', [7]],
  ['lower right', [8]],
  ['in the upper third', [0, 1, 2]],
  ['across the middle', [3, 4, 5]],
  ['in the lower third', [6, 7, 8]],
  ['in the left third', [0, 3, 6]],
  ['down the middle', [1, 4, 7]],
  ['in the right third', [2, 5, 8]],
  ['toward the upper left', [0, 1, 3, 4]],
  ['toward the upper right', [1, 2, 4, 5]],
  ['toward the lower left', [3, 4, 6, 7]],
  ['toward the lower right', [4, 5, 7, 8]],
  ['outside the center', [0, 1, 2, 3, 5, 6, 7, 8]],
];

/**
 * Where a channel mostly fires, in words, from the nine shares of `Firing`. It is "mostly" in a part of the map when that
 * holds at least half of what it could hold beyond its fair share; "evenly spread" when no ninth has more than twice or
 * less than half of it; else only the strongest ninth is named.
 *
 * @returns undefined where nothing fires
 */
export function describePlace(regions: readonly number[]): string | undefined {
  const strongest = Math.max(...regions);
  if (!(strongest > 0)) return undefined;
  for (const [name, ninths] of parts) {
    const share = ninths.reduce((sum, ninth) => sum + (regions[ninth] as number), 0);
    const fairShare = ninths.length / 9;
    if (share - fairShare >= (1 - fairShare) / 2) return `mostly ${name}`;
  }
  if (strongest <= 2 / 9 && Math.min(...regions) >= 0.5 / 9) return 'evenly spread';
  return `spread out, strongest ${parts[regions.indexOf(strongest)]?.[0]}`;
}
