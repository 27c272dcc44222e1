// A map at another size.

import type { Plane } from '../base/plane.js';

/**
 * A plane at another size, by linear interpolation in both directions: pixels are areas, so that the corners of both
 * sizes meet, and values beyond the outermost centers are those at the centers. NaN and infinities spread to their
 * neighbors. Meant for making larger.
 */
export function enlargePlane(plane: Plane, width: number, height: number): Plane {
  const columns = locate(plane.width, width);
  const rows = locate(plane.height, height);
  const values = new Float32Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const upper = (rows.lower[y] as number) * plane.width;
    const lower = (rows.upper[y] as number) * plane.width;
    const down = rows.share[y] as number;
    for (let x = 0; x < width; x++) {
      const left = columns.lower[x] as number;
      const right = columns.upper[x] as number;
      const across = columns.share[x] as number;
      const top = mix(plane.values[upper + left] as number, plane.values[upper + right] as number, across);
      const bottom = mix(plane.values[lower + left] as number, plane.values[lower + right] as number, across);
      values[to++] = mix(top, bottom, down);
    }
  }
  return { width, height, values };
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** For each place in the new size the two old ones that it lies between, and how far it is on the way to the second. */
function locate(oldSize: number, newSize: number): { lower: Int32Array; upper: Int32Array; share: Float64Array } {
  const places = {
    lower: new Int32Array(newSize),
    upper: new Int32Array(newSize),
    share: new Float64Array(newSize),
  };
  for (let index = 0; index < newSize; index++) {
    const position = Math.min(oldSize - 1, Math.max(0, ((index + 0.5) * oldSize) / newSize - 0.5));
    const lower = Math.floor(position);
    places.lower[index] = lower;
    places.upper[index] = Math.min(oldSize - 1, lower + 1);
    places.share[index] = position - lower;
  }
  return places;
}
