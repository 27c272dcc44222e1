// BMP's run lengths.

import type { BmpHeader } from './bmp-header.js';
import { Undecodable } from './undecodable.js';

/** What the second byte of an escape means; a larger one is a number of literal indexes. */
const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const DELTA = 2;

/**
 * Unpacks run lengths to palette indexes, a byte a pixel, rows as they are stored. What runs beyond its row is cut off; what is
 * skipped has index 0. (Microsoft, Bitmap Compression.)
 *
 * @throws Undecodable where the data end before the picture is full
 */
export function unpackBmpRle(packed: Uint8Array, { width, height, encoding }: BmpHeader): Uint8Array {
  const indexes = new Uint8Array(width * height);
  const isNibbles = encoding === 'rle4';
  let [x, y, at] = [0, 0, 0];
  /** The `place`th index of a run or literal that begins at `from`. */
  const put = (from: number, place: number, isRun: boolean) => {
    if (x >= width) return;
    const byte = packed[from + (isRun ? 0 : isNibbles ? place >> 1 : place)] as number;
    indexes[y * width + x++] = isNibbles ? (place % 2 === 0 ? byte >> 4 : byte & 15) : byte;
  };
  while (y < height && at + 1 < packed.length) {
    const [count, second] = [packed[at] as number, packed[at + 1] as number];
    at += 2;
    if (count > 0) {
      for (let place = 0; place < count; place++) put(at - 1, place, true);
    } else if (second === END_OF_LINE) {
      [x, y] = [0, y + 1];
    } else if (second === END_OF_BITMAP) {
      break;
    } else if (second === DELTA) {
      if (at + 1 >= packed.length) break;
      x = Math.min(x + (packed[at] as number), width);
      y += packed[at + 1] as number;
      at += 2;
    } else {
      const length = isNibbles ? Math.ceil(second / 2) : second;
      if (at + length > packed.length) break;
      for (let place = 0; place < second; place++) put(at, place, false);
      at += length + (length % 2);
    }
  }
  if (y * width + x < width * height) throw new Undecodable('it is truncated');
  return indexes;
}
