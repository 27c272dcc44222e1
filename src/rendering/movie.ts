// Pictures that follow each other.

import type { Raster } from '../base/raster.js';

export interface Movie {
  /** of each picture, pixels */
  width: number;
  height: number;
  /** of all pictures, one after the other, as in a raster: they are in memory once */
  data: Uint8ClampedArray<ArrayBuffer>;
  /** how long each picture is shown, up to 65,535 */
  durationsMs: readonly number[];
}

/** Draws picture after picture into one movie. @param draw each of them of the movie's size */
export function drawMovie({ width, height, durationsMs }: Omit<Movie, 'data'>, draw: (index: number) => Raster): Movie {
  const size = 4 * width * height;
  const data = new Uint8ClampedArray(size * durationsMs.length);
  for (const index of durationsMs.keys()) {
    const raster = draw(index);
    if (raster.width !== width || raster.height !== height) {
      throw new RangeError(`a picture of ${raster.width} x ${raster.height} in a movie of ${width} x ${height}`);
    }
    data.set(raster.data, index * size);
  }
  return { width, height, data, durationsMs };
}

/** One picture of a movie, in its memory. */
export function movieFrame({ width, height, data }: Movie, index: number): Raster {
  const size = 4 * width * height;
  return { width, height, data: data.subarray(index * size, (index + 1) * size) };
}
