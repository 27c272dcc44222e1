import { type CellPlaces, findCellEnds } from '../base/cell-places.js';
import type { Plane } from '../base/plane.js';

/** Where and how much a channel fires, that is, is above 0. */
export interface Firing {
  /** 0..1, of all values */
  fraction: number;
  /** the fraction is only of values that are certainly above 0: others may be, too */
  isAtLeast?: boolean;
  /**
   * shares of the sum of all values above 0 that lie in each ninth of the picture, three by three, row by row; together 1, or
   * all 0 where nothing fires
   */
  regions: readonly number[];
  /** the same of a map that fires evenly: how much of its cells lie in each ninth */
  evenRegions: readonly number[];
}

/** After how many cells, with fractions, the first and the second third of the picture's sides end. */
export interface Thirds {
  rows: readonly [first: number, second: number];
  columns: readonly [first: number, second: number];
}

/** Which cells lie in which third of the picture. */
export function findThirds({ rows, columns }: CellPlaces): Thirds {
  return { rows: cutThirds(rows), columns: cutThirds(columns) };
}

function cutThirds(middles: readonly number[]): [number, number] {
  const ends = findCellEnds(middles);
  const countUntil = (place: number) => {
    const next = ends.findIndex((end) => end > place);
    if (next <= 0) return next === 0 ? 0 : middles.length;
    const [from, to] = [ends[next - 1] as number, ends[next] as number];
    return next - 1 + (place - from) / (to - from);
  };
  return [countUntil(1 / 3), countUntil(2 / 3)];
}

/** Cells that lie evenly over the picture. */
function evenThirds({ width, height }: Plane): Thirds {
  return { rows: [height / 3, (2 * height) / 3], columns: [width / 3, (2 * width) / 3] };
}

/**
 * Measures the maps of a layer, which are of one size. NaN and infinities count as not firing.
 *
 * @param thirds where their cells lie; absent: evenly
 */
export function measureFiring(planes: readonly Plane[], thirds?: Thirds): Firing[] {
  const [first] = planes;
  if (first === undefined) return [];
  const { width, height } = first;
  const { rows, columns } = thirds ?? evenThirds(first);
  const down = sharesOfThirds(height, rows);
  const evenRegions = spreadEvenly({ rows, columns }, { width, height });
  const parts = new Float64Array(height * 3);
  return planes.map(({ values }) => {
    const count = sumParts(values, columns, parts);
    return { fraction: count / values.length, regions: addParts(parts, down), evenRegions };
  });
}

// These loops stand alone: the optimizer compiles a short function in a moment, and a long one for longer than it would have run.

/** Sums each third of each row of what fires. @returns how many values do */
function sumParts(values: Float32Array, [first, second]: Thirds['columns'], parts: Float64Array): number {
  const width = values.length / (parts.length / 3);
  const [firstEnd, secondEnd] = [Math.floor(first), Math.floor(second)];
  let count = 0;
  for (let start = 0, part = 0; start < values.length; start += width, part += 3) {
    let sum = 0;
    // Where a third ends within a cell, it has a share of that cell.
    let untilFirst = 0;
    let untilSecond = 0;
    for (let x = 0; x < width; x++) {
      const value = values[start + x] as number;
      const firing = value > 0 && value < Infinity ? value : 0;
      if (firing > 0) count++;
      if (x === firstEnd) untilFirst = sum + (first - firstEnd) * firing;
      if (x === secondEnd) untilSecond = sum + (second - secondEnd) * firing;
      sum += firing;
    }
    if (firstEnd >= width) untilFirst = sum;
    if (secondEnd >= width) untilSecond = sum;
    parts[part] = untilFirst;
    parts[part + 1] = untilSecond - untilFirst;
    parts[part + 2] = sum - untilSecond;
  }
  return count;
}

/** The share of each ninth, from the thirds of the rows. @param down of `sharesOfThirds` */
function addParts(parts: Float64Array, down: Float64Array): number[] {
  const sums = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < parts.length; row += 3) {
    for (let ninth = 0; ninth < 9; ninth++) {
      const column = ninth % 3;
      (sums[ninth] as number) += (down[row + (ninth - column) / 3] as number) * (parts[row + column] as number);
    }
  }
  let total = 0;
  for (let ninth = 0; ninth < 9; ninth++) total += sums[ninth] as number;
  return total > 0 ? sums.map((sum) => sum / total) : sums;
}

/** How much of each row of cells lies in the first, second and last third of the picture. */
function sharesOfThirds(size: number, [first, second]: Thirds['rows']): Float64Array {
  const shares = new Float64Array(size * 3);
  const ends = [0, first, second, size] as const;
  for (let cell = 0; cell < size; cell++) {
    for (const third of [0, 1, 2] as const) {
      const start = Math.max(cell, ends[third]);
      const end = Math.min(cell + 1, ends[(third + 1) as 1 | 2 | 3]);
      shares[cell * 3 + third] = Math.max(0, end - start);
    }
  }
  return shares;
}

function spreadEvenly({ rows, columns }: Thirds, { width, height }: Pick<Plane, 'width' | 'height'>): number[] {
  const share = ([first, second]: Thirds['rows'], size: number) =>
    [first, second - first, size - second].map((part) => part / size);
  return share(rows, height).flatMap((down) => share(columns, width).map((across) => down * across));
}

/** Parts of a picture, the smallest first: what they are called, and the ninths that they consist of. */
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
 * Where a channel mostly fires, in words. It is "mostly" in a part of the picture when that holds at least half of what it could
 * hold beyond its fair share, that of a map that fires evenly; "evenly spread" when no ninth has more than twice or less than
 * half of its fair share; else only the strongest ninth is named.
 *
 * @returns undefined where nothing fires
 */
export function describePlace({ regions, evenRegions }: Pick<Firing, 'regions' | 'evenRegions'>): string | undefined {
  const strongest = Math.max(...regions);
  if (!(strongest > 0)) return undefined;
  for (const [name, ninths] of parts) {
    const [share, fairShare] = [addNinths(regions, ninths), addNinths(evenRegions, ninths)];
    // Where all cells lie is where every channel fires.
    if (fairShare < 0.9 && share - fairShare >= (1 - fairShare) / 2) return `mostly ${name}`;
  }
  const isFair = (share: number, ninth: number) => {
    const fairShare = evenRegions[ninth] as number;
    return share <= 2 * fairShare + 1e-9 && share >= 0.5 * fairShare - 1e-9;
  };
  if (regions.every(isFair)) return 'evenly spread';
  return `spread out, strongest ${parts[regions.indexOf(strongest)]?.[0]}`;
}

function addNinths(shares: readonly number[], ninths: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < ninths.length; index++) sum += shares[ninths[index] as number] as number;
  return sum;
}
