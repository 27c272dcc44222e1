import { blendPixel, type Color, type Raster } from '../base/raster.js';
import type { Points } from './geometry.js';

/** How much of each pixel of a rectangle a shape covers, 0..1. */
export interface Mask {
  left: number;
  top: number;
  width: number;
  height: number;
  coverage: Float32Array;
}

/**
 * The exact area that a closed outline (pixels) covers of each pixel, found by summing signed trapezoids (Raph Levien,
 * font-rs). Parts that the outline goes round more than once count once. Rows outside 0..pictureHeight are left out.
 */
export function coverOutline(outline: Points, pictureHeight: number): Mask {
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const left = Math.floor(Math.min(...xs));
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const width = Math.max(0, Math.ceil(Math.max(...xs)) - left + 2);
  const height = Math.max(0, Math.min(pictureHeight, Math.ceil(Math.max(...ys))) - top);
  const mask = { left, top, width, height, coverage: new Float32Array(width * height) };
  outline.forEach(([x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length] as readonly [number, number];
    if (y < nextY) addEdge(mask, x - left, y - top, nextX - left, nextY - top, 1);
    else if (y > nextY) addEdge(mask, nextX - left, nextY - top, x - left, y - top, -1);
  });
  sumRows(mask);
  return mask;
}

/** Where both are covered. */
export function intersect(a: Mask, b: Mask): Mask {
  const coverage = a.coverage.map((value, index) => {
    const x = a.left + (index % a.width) - b.left;
    const y = a.top + Math.floor(index / a.width) - b.top;
    const inside = x >= 0 && y >= 0 && x < b.width && y < b.height;
    return inside ? value * (b.coverage[y * b.width + x] as number) : 0;
  });
  return { ...a, coverage };
}

/** Lays a color over a picture. Opacity 0..1. */
export function paintMask(raster: Raster, mask: Mask, color: Color, opacity = 1): void {
  for (let row = 0; row < mask.height; row++) {
    for (let column = 0; column < mask.width; column++) {
      const covered = mask.coverage[row * mask.width + column] as number;
      if (covered > 0) blendPixel(raster, mask.left + column, mask.top + row, color, covered * opacity);
    }
  }
}

/** Adds what an edge, going down from x0, y0, changes in each row it passes: the area to its right. */
function addEdge(
  { width, height, coverage }: Mask,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  sign: 1 | -1,
): void {
  const slope = (x1 - x0) / (y1 - y0);
  for (let row = Math.max(0, Math.floor(y0)); row < Math.min(height, Math.ceil(y1)); row++) {
    const upper = Math.max(row, y0);
    const lower = Math.min(row + 1, y1);
    const [from, to] = [x0 + (upper - y0) * slope, x0 + (lower - y0) * slope];
    addSpan(coverage, row * width, Math.min(from, to), Math.max(from, to), (lower - upper) * sign);
  }
}

/** An edge's part in one row, from x `from` to x `to`: `area` of its height, spread over the pixels it crosses. */
function addSpan(coverage: Float32Array, start: number, from: number, to: number, area: number): void {
  const first = Math.floor(from);
  const last = Math.max(first + 1, Math.ceil(to));
  let covered = 0;
  for (let column = first; column < last; column++) {
    // The share of this pixel right of the edge, of the edge's height in this row.
    const share = shareRightOf(from - column, to - column) * area;
    coverage[start + column] = (coverage[start + column] as number) + share - covered;
    covered = share;
  }
  coverage[start + last] = (coverage[start + last] as number) + area - covered;
}

/** The part of the unit pixel right of an edge that goes evenly from x `from` on one side to x `to` on the other. */
function shareRightOf(from: number, to: number): number {
  if (to - from < 1e-9) return 1 - Math.max(0, Math.min(1, from));
  // The integral of 1 - clamp(x) over the edge.
  const integral = (x: number) => (x <= 0 ? x : x >= 1 ? 0.5 : x - (x * x) / 2);
  return (integral(to) - integral(from)) / (to - from);
}

function sumRows({ width, height, coverage }: Mask): void {
  for (let row = 0; row < height; row++) {
    let sum = 0;
    for (let column = row * width; column < (row + 1) * width; column++) {
      sum += coverage[column] as number;
      coverage[column] = Math.min(1, Math.abs(sum));
    }
  }
}
