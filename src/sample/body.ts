// Draws body and legs.

import type { Color } from '../base/raster.js';
import type { Animal, Pose } from './animal.js';
import { type Brush, black, fill } from './brush.js';
import { fillPair } from './face.js';
import { blob, brushStroke, curve, ellipse, points } from './geometry.js';
import type { Mask } from './mask.js';
import { drawTail } from './tail.js';

/** The space that an animal takes around the middle of its head, in its units; the ground is at the bottom. */
export interface Extent {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const extents: Record<Pose, Extent> = {
  portrait: { left: -1.35, right: 1.35, top: -1.45, bottom: 1.55 },
  sitting: { left: -1.6, right: 2.1, top: -1.45, bottom: 3.3 },
  standing: { left: -1.3, right: 4.2, top: -1.45, bottom: 3.1 },
  lying: { left: -1.4, right: 4.0, top: -1.45, bottom: 2.15 },
};

const drawPose = { portrait: drawShoulders, sitting: drawSitting, standing: drawStanding, lying: drawLying };

/** Draws everything but the head, with the middle of the head at the origin. */
export function drawBody(brush: Brush, animal: Animal, { tail = true } = {}): void {
  const { pose, collar } = animal;
  if (tail && pose !== 'portrait') drawTail(brush, animal);
  drawPose[pose](brush, animal);
  if (collar) drawCollar(brush, collar, pose === 'portrait' ? 0.8 : 0.62, pose === 'portrait' ? 1 : 0.92);
}

function drawCollar(brush: Brush, color: Color, width: number, y: number): void {
  fill(brush, brushStroke(curve(points('-1,-0.1 0,0.14 1,-0.1', width, 1, y)), 0.2), color);
  fill(brush, ellipse(0, y + 0.26, 0.12, 0.12), [244, 200, 70]);
}

function drawShoulders(brush: Brush, { fur, pale }: Animal): void {
  const chest = fill(brush, blob(points('-0.7,0.5 0.7,0.5 1.25,1.6 1.5,3 -1.5,3 -1.25,1.6')), fur);
  fill(brush, ellipse(0, 1.6, 0.5, 0.8), pale, 0.9, chest);
}

function drawSitting(brush: Brush, animal: Animal): void {
  const { fur, pale, shade } = animal;
  drawShadow(brush, 0.1, 3.15, 1.6);
  fillPair(brush, ellipse(0.92, 2.62, 0.5, 0.6), shade);
  fillPair(brush, ellipse(0.9, 2.6, 0.47, 0.57), fur);
  fillPair(brush, ellipse(0.95, 3.1, 0.42, 0.17), pale);
  const outline = '-0.55,0.5 0.55,0.5 0.82,1.5 0.95,2.6 0.7,3.05 -0.7,3.05 -0.95,2.6 -0.82,1.5';
  const trunk = fill(brush, blob(points(outline)), fur);
  drawMarkings(brush, animal, trunk, '0.75,1.3 0.85,1.75 0.95,2.2');
  drawMarkings(brush, { ...animal, patched: false }, trunk, '-0.75,1.3 -0.85,1.75 -0.95,2.2');
  fill(brush, ellipse(0, 1.45, 0.42, 0.65), pale, 0.95, trunk);
  const leg = points('0.33,1.75 0.36,3');
  fillPair(brush, brushStroke(leg, 0.5, 0.44), shade);
  fillPair(brush, brushStroke(leg, 0.44, 0.38), fur);
  fillPair(brush, ellipse(0.38, 3.1, 0.29, 0.17), pale);
}

function drawStanding(brush: Brush, animal: Animal): void {
  const { fur, pale, shade } = animal;
  drawShadow(brush, 1.7, 3.0, 1.9);
  for (const x of [1.15, 2.75]) drawLeg(brush, x, shade, shade);
  const outline = '-0.1,0.3 0.6,0.35 1.7,0.62 2.9,0.62 3.3,1.2 2.9,1.85 1.7,1.8 0.7,2 0.05,1.3';
  const trunk = fill(brush, blob(points(outline)), fur);
  drawMarkings(brush, animal, trunk, '1.2,0.5 1.75,0.6 2.3,0.6 2.85,0.6');
  fill(brush, ellipse(0.35, 1.3, 0.4, 0.6), pale, 0.9, trunk);
  for (const x of [0.72, 2.95]) drawLeg(brush, x, fur, pale);
}

function drawLeg(brush: Brush, x: number, color: Color, paw: Color): void {
  const line = points('0,1.5 0.04,2.2 -0.02,2.85').map(([dx, y]) => [x + dx, y] as const);
  fill(brush, brushStroke(curve(line), 0.55, 0.36), color);
  fill(brush, ellipse(x - 0.08, 2.95, 0.27, 0.15), paw);
}

function drawLying(brush: Brush, animal: Animal): void {
  const { fur, pale, shade } = animal;
  drawShadow(brush, 1.3, 2.0, 2.4);
  const outline = '-0.6,0.4 0.5,0.3 1.7,0.42 2.9,0.75 3.2,1.5 2.8,2 1,2.05 -0.5,1.95 -0.85,1.3';
  const trunk = fill(brush, blob(points(outline)), fur);
  drawMarkings(brush, animal, trunk, '1.1,0.3 1.65,0.4 2.2,0.5 2.7,0.65');
  fill(brush, ellipse(-0.1, 1.2, 0.5, 0.55), pale, 0.9, trunk);
  fill(brush, ellipse(2.45, 1.5, 0.68, 0.55, -0.2), shade, 0.9);
  fill(brush, ellipse(2.45, 1.53, 0.64, 0.51, -0.2), fur);
  for (const x of [-0.75, -0.1]) {
    fill(
      brush,
      brushStroke(
        [
          [x + 0.7, 1.8],
          [x - 0.25, 1.92],
        ],
        0.44,
        0.38,
      ),
      shade,
    );
    fill(
      brush,
      brushStroke(
        [
          [x + 0.7, 1.8],
          [x - 0.25, 1.9],
        ],
        0.38,
        0.33,
      ),
      fur,
    );
    fill(brush, ellipse(x - 0.3, 1.93, 0.24, 0.17), pale);
  }
}

/** Stripes down from the back, one large patch at its end, both within the trunk. */
function drawMarkings(brush: Brush, { striped, patched, accent }: Animal, trunk: Mask, back: string): void {
  const tops = points(back);
  const [endX, endY] = tops.at(-1) ?? [0, 0];
  if (patched) fill(brush, ellipse(endX, endY + 0.2, 0.7, 0.75, 0.3), accent, 0.9, trunk);
  if (!striped) return;
  for (const [x, y] of tops) {
    const line = curve([
      [x, y - 0.1],
      [x * 1.04, y + 0.4],
      [x, y + 0.85],
    ]);
    fill(brush, brushStroke(line, 0.24, 0.03), accent, 0.9, trunk);
  }
}

function drawShadow(brush: Brush, x: number, y: number, width: number): void {
  if (brush.silhouette) return;
  for (const part of [1, 0.8, 0.6]) fill(brush, ellipse(x, y, width * part, 0.28 * part), black, 0.1);
}
