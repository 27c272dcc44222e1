// Evidence maps in few bytes.

import type { CellPlaces } from '../../base/cell-places.js';
import type { Plane } from '../../base/plane.js';
import type { EntryMap, MapShape } from './gallery-data.js';

/** The largest step of int8 that has its like on the other side of 0. */
const largestStep = 127;

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
