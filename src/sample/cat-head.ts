// Draws a cat's head.

import type { Color } from '../base/raster.js';
import { type Animal, brightness } from './animal.js';
import { type Brush, black, fill, white } from './brush.js';
import { drawLinePair, fillPair } from './face.js';
import { blob, brushStroke, curve, ellipse, points } from './geometry.js';

const pink: Color = [232, 150, 150];

/** Pointed upright ears, almond eyes with slits, a small muzzle and long whiskers. */
export function drawCatHead(brush: Brush, animal: Animal): void {
  const { headWidth, earSize, fur, accent, pale, shade } = animal;
  fillPair(brush, points('-0.98,0.52 -0.98,-0.75 -0.86,-0.78 -0.1,-0.1', headWidth, earSize, -0.62), fur);
  fillPair(brush, points('-0.84,0.2 -0.87,-0.58 -0.36,-0.12', headWidth, earSize, -0.57), pink, 0.75);
  const skull = '0,-0.86 0.72,-0.62 1.04,0.08 0.72,0.68 0,0.86 -0.72,0.68 -1.04,0.08 -0.72,-0.62';
  const head = fill(brush, blob(points(skull, headWidth)), fur);
  if (animal.patched) fill(brush, ellipse(0.55, -0.3, 0.65, 0.75, 0.5), accent, 0.9, head);
  if (animal.striped) drawStripes(brush, accent, headWidth);
  fillPair(brush, ellipse(0.23, 0.42, 0.3, 0.24), pale);
  fill(brush, ellipse(0, 0.6, 0.2, 0.16), pale);
  drawEyes(brush, animal);
  fill(brush, blob(points('-0.13,0.2 0.13,0.2 0,0.34')), pink);
  drawLinePair(brush, points('0,0.34 0.06,0.47 0.2,0.5 0.3,0.43'), 0.05, shade);
  drawWhiskers(brush, brightness(fur) < 130 ? white : shade);
}

function drawStripes(brush: Brush, color: Color, headWidth: number): void {
  fill(brush, brushStroke(points('0,-0.82 0,-0.42'), 0.15, 0.04), color);
  fillPair(brush, brushStroke(points('0.26,-0.8 0.2,-0.45'), 0.13, 0.04), color);
  for (const down of [0.05, 0.27]) {
    fillPair(brush, brushStroke(curve(points('1,0 0.85,0.03 0.68,0.02', headWidth, 1, down)), 0.12, 0.03), color);
  }
}

function drawEyes(brush: Brush, { eye }: Animal): void {
  fillPair(brush, ellipse(0.43, -0.1, 0.27, 0.23, -0.25), black, 0.45);
  fillPair(brush, ellipse(0.43, -0.1, 0.23, 0.2, -0.25), eye);
  fillPair(brush, ellipse(0.43, -0.1, 0.065, 0.18), black);
  for (const side of [-1, 1]) fill(brush, ellipse(side * 0.43 + 0.08, -0.17, 0.05, 0.05), white);
}

function drawWhiskers(brush: Brush, color: Color): void {
  const lines = ['0.34,0.39 0.85,0.25 1.42,0.22', '0.34,0.45 0.85,0.4 1.42,0.46', '0.34,0.51 0.85,0.55 1.42,0.7'];
  for (const line of lines) drawLinePair(brush, points(line), 0.04, color, 0.85);
}
