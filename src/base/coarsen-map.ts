// Maps of evidence with fewer cells.

import type { CellPlaces } from './cell-places.js';
import type { Plane } from './plane.js';

/** Cells a side that a small picture can show. */
const cellsAtMost = 16;

/**
 * A map with at most 16 cells a side: each the mean of its neighboring cells, as the last ones of a row or column may be
 * of fewer. A smaller map is as it was.
 *
 * @returns the map, and where its cells lie
 */
export function coarsenMap(map: Plane, cells: CellPlaces): { map: Plane; cells: CellPlaces } {
  const [across, down] = [Math.ceil(map.width / cellsAtMost), Math.ceil(map.height / cellsAtMost)];
  if (across === 1 && down === 1) return { map, cells };
  const columns = joinPlaces(cells.columns, across);
  const rows = joinPlaces(cells.rows, down);
  const values = new Float32Array(columns.length * rows.length);
  for (const [at, value] of map.values.entries()) {
    const [x, y] = [at % map.width, Math.floor(at / map.width)];
    const [width, height] = [sizeOf(x, across, map.width), sizeOf(y, down, map.height)];
    (values[Math.floor(y / down) * columns.length + Math.floor(x / across)] as number) += value / (width * height);
  }
  return { map: { width: columns.length, height: rows.length, values }, cells: { rows, columns } };
}

/** Of the group that a row or column is in. */
function sizeOf(at: number, count: number, all: number): number {
  return Math.min(count, all - (at - (at % count)));
}

/** The middles of so many neighbors at a time. */
function joinPlaces(middles: readonly number[], count: number): number[] {
  const joined: number[] = [];
  for (let from = 0; from < middles.length; from += count) {
    const group = middles.slice(from, from + count);
    joined.push(group.reduce((sum, middle) => sum + middle, 0) / group.length);
  }
  return joined;
}
