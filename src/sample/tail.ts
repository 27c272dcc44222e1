// Draws tails.

import type { Animal } from './animal.js';
import { type Brush, fill, mix, white } from './brush.js';
import { brushStroke, curve, ellipse, type Points, points } from './geometry.js';

/** Where the tail begins in each pose. */
const roots = { portrait: [0, 0], sitting: [1.0, 2.85], standing: [3.1, 0.95], lying: [3.0, 1.5] } as const;

const catRaised = '-0.2,0.1 0.45,-0.1 0.6,-0.9 0.45,-1.6 0.7,-2.2';
const catLowered = '-0.2,0.2 0.4,0.3 0.8,-0.1 0.75,-0.8 0.45,-1.25';
const dogRaised = '-0.3,0.2 0.3,-0.15 0.6,-0.6 0.55,-0.95';

/** A cat's tail is long, thin and winding, a dog's short, thick at the root and raised, a rabbit's a white ball. */
export function drawTail(brush: Brush, { kind, pose, tailSwing, fur, accent }: Animal): void {
  const [x, y] = roots[pose];
  if (kind === 'rabbits') {
    fill(brush, ellipse(x + 0.15, y - 0.1, 0.36, 0.34), mix(fur, white, 0.75));
  } else if (kind === 'dogs') {
    fill(brush, brushStroke(curve(swing(points(dogRaised), x, y, tailSwing)), 0.5, 0.12), fur);
  } else {
    const line = curve(swing(points(pose === 'standing' ? catRaised : catLowered), x, y, tailSwing));
    fill(brush, brushStroke(line, 0.32, 0.22), fur);
    fill(brush, brushStroke(line.slice(-10), 0.25, 0.22), accent);
  }
}

/** Moves a tail to its root; the nearer to its end, the further it swings. */
function swing(line: Points, x: number, y: number, amount: number): Points {
  return line.map(([dx, dy], index) => [x + dx + 0.3 * amount * (index / (line.length - 1)) ** 2, y + dy] as const);
}
