import type { Color, Raster } from '../base/raster.js';
import { type Points, type Transform, transformPoints } from './geometry.js';
import { coverOutline, intersect, type Mask, paintMask } from './mask.js';

/** Where shapes go: a picture, and the coordinate system in which they are given. */
export interface Brush {
  raster: Raster;
  transform: Transform;
  /** every shape is of this color, and shadows are left out */
  silhouette?: Color;
}

/** Fills an outline, within `clip` if there is one, and returns what it covers, to clip others with. */
export function fill(brush: Brush, outline: Points, color: Color, opacity = 1, clip?: Mask): Mask {
  const covered = coverOutline(transformPoints(outline, brush.transform), brush.raster.height);
  paintMask(brush.raster, clip ? intersect(covered, clip) : covered, brush.silhouette ?? color, opacity);
  return covered;
}

/** A color on the way from one to another; part 0..1. */
export function mix(from: Color, to: Color, part: number): Color {
  const at = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * part;
  return [at(0), at(1), at(2)];
}

export const white: Color = [255, 255, 255];
export const black: Color = [0, 0, 0];
