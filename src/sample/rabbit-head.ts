// Draws a rabbit's head.

import type { Color } from '../base/raster.js';
import type { Animal } from './animal.js';
import { type Brush, fill, white } from './brush.js';
import { drawLinePair, drawRoundEyes, fillPair } from './face.js';
import { blob, brushStroke, ellipse, points } from './geometry.js';

const pink: Color = [238, 168, 170];

/** Long upright ears, eyes far apart, a tiny nose and two teeth. */
export function drawRabbitHead(brush: Brush, animal: Animal): void {
  const { headWidth, earSize, fur, accent, pale, shade } = animal;
  const lean = 0.12 + 0.1 * Math.abs(animal.tailSwing);
  fillPair(brush, ellipse(0.42, -0.7 - 0.72 * earSize, 0.25, 0.9 * earSize, lean), fur);
  fillPair(brush, ellipse(0.42, -0.72 - 0.72 * earSize, 0.13, 0.7 * earSize, lean), pink, 0.8);
  const skull = '0,-0.82 0.6,-0.6 0.84,0.05 0.78,0.5 0,0.84 -0.78,0.5 -0.84,0.05 -0.6,-0.6';
  const head = fill(brush, blob(points(skull, headWidth)), fur);
  if (animal.patched) fill(brush, ellipse(-0.4, -0.3, 0.5, 0.6), accent, 0.9, head);
  fillPair(brush, ellipse(0.24, 0.42, 0.3, 0.26), pale);
  drawRoundEyes(brush, 0.54, -0.08, 0.17, animal.eye);
  fillPair(brush, blob(points('0,0.56 0.12,0.56 0.11,0.74 0.01,0.74')), white);
  fill(brush, blob(points('-0.11,0.24 0.11,0.24 0,0.36')), pink);
  fill(brush, brushStroke(points('0,0.34 0,0.5'), 0.05), shade);
  drawLinePair(brush, points('0,0.5 0.12,0.56 0.24,0.52'), 0.05, shade);
  for (const whisker of ['0.36,0.45 0.95,0.35', '0.36,0.45 0.95,0.6']) {
    drawLinePair(brush, points(whisker), 0.03, shade, 0.6);
  }
}
