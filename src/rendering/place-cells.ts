// Enlarges a map to the size of a picture, each cell where it lies.

import { type CellPlaces, findCellEnds } from '../base/cell-places.js';
import type { Plane } from '../base/plane.js';

/**
 * A map at the size of a picture: each cell fills what is nearer to its middle than to the next one's, and the outermost reach
 * as far out as in. Beyond them the values are 0.
 *
 * @param smooth interpolate between the middles instead; NaN and infinities spread to their neighbors
 */
export function placeCells(
  map: Plane,
  { rows, columns }: CellPlaces,
  { width, height, smooth }: { width: number; height: number; smooth: boolean },
): Plane {
  const [across, down] = [locate(columns, width, smooth), locate(rows, height, smooth)];
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const upper = (down.lower[y] as number) * map.width;
    if (upper < 0) continue;
    const lower = (down.upper[y] as number) * map.width;
    for (let x = 0; x < width; x++) {
      const left = across.lower[x] as number;
      if (left < 0) continue;
      const right = across.upper[x] as number;
      const share = across.share[x] as number;
      const top = mix(map.values[upper + left] as number, map.values[upper + right] as number, share);
      const bottom = mix(map.values[lower + left] as number, map.values[lower + right] as number, share);
      values[y * width + x] = mix(top, bottom, down.share[y] as number);
    }
  }
  return { width, height, values };
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** For each pixel the two cells that it lies between, and how far it is on the way to the second; -1 beyond all cells. */
function locate(
  middles: readonly number[],
  size: number,
  smooth: boolean,
): { lower: Int32Array; upper: Int32Array; share: Float64Array } {
  const places = { lower: new Int32Array(size).fill(-1), upper: new Int32Array(size), share: new Float64Array(size) };
  const ends = findCellEnds(middles);
  let cell = 0;
  for (let pixel = 0; pixel < size; pixel++) {
    const at = (pixel + 0.5) / size;
    while (cell < middles.length && at >= (ends[cell + 1] as number)) cell++;
    if (at < (ends[cell] as number) || cell === middles.length) continue;
    const lower = smooth && at < (middles[cell] as number) ? Math.max(0, cell - 1) : cell;
    const upper = smooth ? Math.min(middles.length - 1, lower + 1) : lower;
    const [from, to] = [middles[lower] as number, middles[upper] as number];
    places.lower[pixel] = lower;
    places.upper[pixel] = upper;
    places.share[pixel] = upper > lower ? Math.max(0, (at - from) / (to - from)) : 0;
  }
  return places;
}
