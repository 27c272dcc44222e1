// Evidence maps in few bytes.

import type { CellPlaces } from '../../base/cell-places.js';
import type { Plane } from '../../base/plane.js';
import type { EntryMap, MapShape } from './gallery-data.js';

/** Cells a side that a small picture can show. */
const cellsAtMost = 16;

/** The largest step of int8 that has its like on the other side of 0. */
const largestStep = 127;

/**
 * A map with at most 16 cells a side: sums of neighboring cells, since evidence adds up. A smaller one is as it was.
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
    (values[Math.floor(y / down) * columns.length + Math.floor(x / across)] as number) += value;
  }
  return { map: { width: columns.length, height: rows.length, values }, cells: { rows, columns } };
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

/** Where a map is the largest; of equal cells the first. */
export function findStrongest(values: ArrayLike<number>): number {
  let strongest = 0;
  for (let at = 1; at < values.length; at++) {
    if ((values[at] as number) > (values[strongest] as number)) strongest = at;
  }
  return strongest;
}

/** A map in steps of a 127th of its largest size; undefined where a value is not finite. @param shape place of its size in `shapes` */
export function encodeMap({ width, values }: Plane, shape: number): EntryMap | undefined {
  if (!values.every(Number.isFinite)) return undefined;
  const limit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const steps = Int8Array.from(values, (value) => (limit > 0 ? Math.round((value / limit) * largestStep) : 0));
  const strongest = findStrongest(values);
  return {
    shape,
    limit: Number(limit.toPrecision(4)),
    values: Buffer.from(steps.buffer).toString('base64'),
    strongest: [strongest % width, Math.floor(strongest / width)],
  };
}

/** The place of a size of maps in a list that grows with each new one. */
export function placeShape(shapes: MapShape[], { width, height }: Plane, cells: CellPlaces): number {
  const known = shapes.findIndex((shape) => shape.width === width && shape.height === height);
  return known >= 0 ? known : shapes.push({ width, height, cells }) - 1;
}
