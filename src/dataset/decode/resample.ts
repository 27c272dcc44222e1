// Pillow's resize, byte for byte.

import type { RgbPixels } from './pixels.js';
import type { Interpolation } from './preprocessing.js';
import { FILTERS, resampleWithFilter } from './resample-filter.js';

/**
 * Resizes as Pillow's `Image.resize` does, byte for byte; the aspect ratio is not kept.
 *
 * @returns [height, width, 3], of its own memory
 */
export function resizeRgb(source: RgbPixels, width: number, height: number, interpolation: Interpolation): Uint8Array {
  if (source.width === width && source.height === height) return source.data.slice();
  if (interpolation === 'nearest') return resizeNearest(source, width, height);
  const filter = FILTERS[interpolation];
  return resampleWithFilter(source, width, height, filter);
}

/** Pillow's ImagingScaleAffine (libImaging/Geometry.c). */
function resizeNearest({ data, ...source }: RgbPixels, width: number, height: number): Uint8Array {
  const columns = nearestIndexes(source.width, width).map((column) => column * 3);
  const rows = nearestIndexes(source.height, height);
  const out = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const rowStart = (rows[y] as number) * source.width * 3;
    for (let x = 0; x < width; x++, to += 3) {
      const from = rowStart + (columns[x] as number);
      out[to] = data[from] as number;
      out[to + 1] = data[from + 1] as number;
      out[to + 2] = data[from + 2] as number;
    }
  }
  return out;
}

/**
 * Which pixel of a side the nearest one to each of the target is. The position is accumulated in double precision:
 * `floor((i + 0.5) * scale)` differs at some sizes.
 */
export function nearestIndexes(sourceLength: number, targetLength: number): Int32Array {
  const scale = sourceLength / targetLength;
  const indexes = new Int32Array(targetLength);
  for (let index = 0, position = scale * 0.5; index < targetLength; index++, position += scale) {
    indexes[index] = Math.trunc(position);
  }
  return indexes;
}
