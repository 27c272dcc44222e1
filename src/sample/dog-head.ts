// Draws a dog's head.

import type { Color } from '../base/raster.js';
import type { Animal } from './animal.js';
import { type Brush, black, fill, mix, white } from './brush.js';
import { drawLinePair, drawRoundEyes, fillPair } from './face.js';
import { blob, ellipse, points } from './geometry.js';

const noseColor: Color = [38, 32, 34];
const tongueColor: Color = [226, 108, 122];

/** Hanging ears, round eyes, a long muzzle with a large dark nose, often the tongue. */
export function drawDogHead(brush: Brush, animal: Animal): void {
  const { headWidth, earSize, fur, accent, pale, shade } = animal;
  const skull = '0,-0.95 0.66,-0.72 0.86,0 0.66,0.6 0,0.98 -0.66,0.6 -0.86,0 -0.66,-0.72';
  const head = fill(brush, blob(points(skull, headWidth)), fur);
  if (animal.patched) fill(brush, ellipse(0.38, -0.25, 0.42, 0.48), accent, 0.9, head);
  const ear = '0.42,-0.04 0.85,0 1.14,0.62 1.16,1.45 0.92,1.6 0.74,0.92 0.66,0.4';
  fillPair(brush, blob(points(ear, headWidth, earSize, -0.82)), mix(accent, black, 0.08));
  const muzzle = '0,-0.1 0.36,0.12 0.56,0.5 0.36,0.86 0,0.96 -0.36,0.86 -0.56,0.5 -0.36,0.12';
  fill(brush, blob(points(muzzle)), pale);
  drawRoundEyes(brush, 0.37, -0.2, 0.15, animal.eye);
  fillPair(brush, ellipse(0.4, -0.5, 0.13, 0.05, -0.2), shade, 0.55);
  if (animal.tongueOut) drawTongue(brush);
  drawLinePair(brush, points('0,0.4 0.04,0.62 0.24,0.7 0.42,0.58'), 0.06, mix(shade, black, 0.3));
  fill(brush, ellipse(0, 0.27, 0.25, 0.18), noseColor);
  fill(brush, ellipse(-0.07, 0.2, 0.09, 0.045), white, 0.55);
}

function drawTongue(brush: Brush): void {
  fill(brush, blob(points('-0.16,0.66 0.16,0.66 0.17,1 0,1.16 -0.17,1')), tongueColor);
  fill(brush, blob(points('-0.02,0.7 0.02,0.7 0.015,1 -0.015,1')), mix(tongueColor, black, 0.25));
}
