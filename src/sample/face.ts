// What all faces have in common.

import type { Color } from '../base/raster.js';
import { type Brush, black, fill, white } from './brush.js';
import { brushStroke, curve, ellipse, mirror, type Points } from './geometry.js';

/** Fills an outline and its mirror image: ears, cheeks, paws come in pairs. */
export function fillPair(brush: Brush, outline: Points, color: Color, opacity = 1): void {
  fill(brush, outline, color, opacity);
  fill(brush, mirror(outline), color, opacity);
}

/** A smooth line, half as wide at its end as at its beginning, and its mirror image. */
export function drawLinePair(brush: Brush, line: Points, width: number, color: Color, opacity = 1): void {
  fillPair(brush, brushStroke(curve(line), width, width / 2), color, opacity);
}

/** A pair of round dark eyes with a glint. */
export function drawRoundEyes(brush: Brush, x: number, y: number, radius: number, color: Color): void {
  fillPair(brush, ellipse(x, y, radius * 1.15, radius * 1.15), black, 0.35);
  fillPair(brush, ellipse(x, y, radius, radius), color);
  fillPair(brush, ellipse(x, y, radius * 0.62, radius * 0.62), black, 0.9);
  const [glintX, glintY, glint] = [radius * 0.3, y - radius * 0.35, radius * 0.28];
  for (const side of [-1, 1]) fill(brush, ellipse(side * x + glintX, glintY, glint, glint), white);
}
