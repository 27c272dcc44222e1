// A part of an image at another size.

import type { Box } from './fit.js';
import type { RgbPixels } from './pixels.js';

/** Part of an image, four bytes a pixel; what lies outside of the image has alpha 0. */
interface CutPatch {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** What one row or column of a patch takes of an image: pixels, and how much of each. */
interface Line {
  first: number;
  weights: number[];
}

/**
 * Cuts a rectangle out of an image and brings it to a size: each pixel is the mean of what it covers of the image, so that
 * nothing is left out where it becomes smaller, and pixels stay visible where it becomes larger.
 *
 * @param box edges need not be whole numbers, and may lie outside
 */
export function cutPatch(image: RgbPixels, box: Box, { width, height }: { width: number; height: number }): CutPatch {
  const data = new Uint8ClampedArray(width * height * 4);
  const columns = divide(box.left, box.width / width, width, image.width);
  const rows = divide(box.top, box.height / height, height, image.height);
  const sums = new Float64Array(width * 3);
  rows.forEach((row, y) => {
    if (row === undefined) return;
    sums.fill(0);
    row.weights.forEach((weight, index) => {
      addRow(sums, image, row.first + index, columns, weight);
    });
    columns.forEach((column, x) => {
      if (column === undefined) return;
      for (let part = 0; part < 3; part++) data[(y * width + x) * 4 + part] = sums[x * 3 + part] as number;
      data[(y * width + x) * 4 + 3] = 255;
    });
  });
  return { width, height, data };
}

/** Undefined for a line of which more than half lies outside. */
function divide(start: number, step: number, count: number, size: number): (Line | undefined)[] {
  return Array.from({ length: count }, (_, line) => {
    const from = Math.max(0, start + line * step);
    const to = Math.min(size, start + (line + 1) * step);
    if (to - from < step / 2) return undefined;
    const first = Math.min(size - 1, Math.floor(from));
    const last = Math.max(first, Math.ceil(to) - 1);
    const weights: number[] = [];
    for (let at = first; at <= last; at++) weights.push((Math.min(to, at + 1) - Math.max(from, at)) / (to - from));
    return { first, weights };
  });
}

function addRow(
  sums: Float64Array,
  { data, width }: RgbPixels,
  row: number,
  columns: readonly (Line | undefined)[],
  weight: number,
): void {
  columns.forEach((column, x) => {
    if (column === undefined) return;
    let [red, green, blue] = [0, 0, 0];
    let at = (row * width + column.first) * 3;
    for (const part of column.weights) {
      red += part * (data[at] as number);
      green += part * (data[at + 1] as number);
      blue += part * (data[at + 2] as number);
      at += 3;
    }
    sums[x * 3] = (sums[x * 3] as number) + weight * red;
    sums[x * 3 + 1] = (sums[x * 3 + 1] as number) + weight * green;
    sums[x * 3 + 2] = (sums[x * 3 + 2] as number) + weight * blue;
  });
}
