// Maps made smaller, for pictures of many.

import type { Plane } from '../base/plane.js';

/** The whole factor by which a map is made smaller to come near to a size; 1 for one that is no larger. Pixels. */
export function reduction(width: number, height: number, size: number): number {
  return Math.max(1, Math.round(Math.max(width, height) / size));
}

/** What a map is made smaller to. */
export function shrunkSize({ width, height }: Omit<Plane, 'values'>, factor: number): Omit<Plane, 'values'> {
  return { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
}

/** The means of squares of `factor` x `factor` values, fewer at the right and lower edges; NaN where one of them is not finite. */
export function shrinkPlane({ width, height, values }: Plane, factor: number): Plane {
  if (factor === 1) return { width, height, values };
  const { width: columns, height: rows } = shrunkSize({ width, height }, factor);
  const sums = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / factor) * columns;
    for (let x = 0; x < width; x++) {
      const place = row + Math.floor(x / factor);
      sums[place] = (sums[place] as number) + (values[y * width + x] as number);
    }
  }
  for (let place = 0; place < sums.length; place++) {
    const x = (place % columns) * factor;
    const y = Math.floor(place / columns) * factor;
    const count = Math.min(factor, width - x) * Math.min(factor, height - y);
    const mean = (sums[place] as number) / count;
    sums[place] = Number.isFinite(mean) ? mean : Number.NaN;
  }
  return { width: columns, height: rows, values: sums };
}
