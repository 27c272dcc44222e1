// Where the cells of a map lie on a picture.

/** Where the middles of a map's rows and columns of cells lie on a picture: 0 is its top or left edge, 1 the other. */
export interface CellPlaces {
  rows: readonly number[];
  columns: readonly number[];
}

/**
 * Where each cell of a row or column begins, and where the last one ends: halfway between two middles, and the outermost reach as
 * far out as in. A single cell has the whole side.
 */
export function findCellEnds(middles: readonly number[]): number[] {
  if (middles.length === 1) return [0, 1];
  const between = middles.slice(1).map((middle, index) => (middle + (middles[index] as number)) / 2);
  const [first, last] = [middles[0] as number, middles.at(-1) as number];
  return [2 * first - (between[0] as number), ...between, 2 * last - (between.at(-1) as number)];
}
