// Moves a picture by a matrix.

import type { AffineMatrix } from './affine.js';
import type { Filler } from './fill-modes.js';

/** RGB values, row by row. */
interface Picture {
  width: number;
  height: number;
  /** [height, width, 3] */
  pixels: Uint8Array;
}

/**
 * Moves a picture: every new pixel is the bilinear mean of the four old ones around the place that the matrix gives, computed
 * in double precision as scipy.ndimage.affine_transform does with order 1.
 *
 * @param scale factor for every value
 * @param out [height, width, 3], written to
 */
export function warpPicture(
  { width, height, pixels }: Picture,
  [a, b, c, d, e, f]: AffineMatrix,
  { fill, scale, out }: { fill: Filler; scale: number; out: Float32Array },
): void {
  const lastX = width - 1;
  const lastY = height - 1;
  const row = width * 3;
  let at = 0;
  for (let outY = 0; outY < height; outY++) {
    for (let outX = 0; outX < width; outX++, at += 3) {
      let x = a * outX + b * outY + c;
      let y = d * outX + e * outY + f;
      if (x < 0 || x > lastX) x = fill(x, lastX);
      if (y < 0 || y > lastY) y = fill(y, lastY);
      if (Number.isNaN(x + y)) {
        out.fill(0, at, at + 3);
        continue;
      }
      const left = x | 0;
      const top = y | 0;
      const p = top * row + left * 3;
      const q = top < lastY ? p + row : p;
      const step = left < lastX ? 3 : 0;
      out[at] = blend(pixels, p, q, step, x - left, y - top) * scale;
      out[at + 1] = blend(pixels, p + 1, q + 1, step, x - left, y - top) * scale;
      out[at + 2] = blend(pixels, p + 2, q + 2, step, x - left, y - top) * scale;
    }
  }
}

/** Between four values of an array: two from `top` on, `step` apart, and two from `bottom` on. */
function blend(values: Uint8Array, top: number, bottom: number, step: number, byX: number, byY: number): number {
  const a = values[top] as number;
  const b = values[bottom] as number;
  const above = a + ((values[top + step] as number) - a) * byX;
  const below = b + ((values[bottom + step] as number) - b) * byX;
  return above + (below - above) * byY;
}
