// Closes the small gaps of a mask.

/** How much of each pixel of a picture something covers, 0..255, row by row. */
export interface PictureMask {
  width: number;
  height: number;
  values: Uint8Array;
}

/**
 * Morphological closing with a square: every pixel takes the largest value within `radius` pixels, then the smallest of these.
 * Nothing is covered outside the picture, so no gap beside an edge is closed.
 */
export function closeGaps(mask: PictureMask, radius: number): PictureMask {
  const wide = addMargin(mask, radius);
  return addMargin(slide(slide(wide, radius, Math.max), radius, Math.min), -radius);
}

/** Uncovered pixels on every side; below 0 the outermost ones go. */
function addMargin({ width, height, values }: PictureMask, margin: number): PictureMask {
  const [wide, high] = [width + 2 * margin, height + 2 * margin];
  const framed = new Uint8Array(wide * high);
  const [first, end] = [Math.max(0, -margin), width + Math.min(0, margin)];
  for (let row = first; row < height + Math.min(0, margin); row++) {
    const line = values.subarray(row * width + first, row * width + end);
    framed.set(line, (row + margin) * wide + first + margin);
  }
  return { width: wide, height: high, values: framed };
}

/** The chosen one of the values within a radius: along the rows, then along the columns. */
function slide(
  { width, height, values }: PictureMask,
  radius: number,
  choose: (a: number, b: number) => number,
): PictureMask {
  const along = (from: Uint8Array, step: number, length: number) =>
    from.map((own, pixel) => {
      const place = Math.floor(pixel / step) % length;
      let chosen = own;
      for (let move = Math.max(-radius, -place); move <= Math.min(radius, length - 1 - place); move++) {
        chosen = choose(chosen, from[pixel + move * step] as number);
      }
      return chosen;
    });
  return { width, height, values: along(along(values, 1, width), width, height) };
}
