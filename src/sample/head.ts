// Draws a head from the front.

import type { Animal } from './animal.js';
import type { Brush } from './brush.js';
import { drawCatHead } from './cat-head.js';
import { drawDogHead } from './dog-head.js';
import { drawRabbitHead } from './rabbit-head.js';

const heads = { cats: drawCatHead, dogs: drawDogHead, rabbits: drawRabbitHead };

/** Draws a head seen from the front, its middle at the origin, about 2 units wide. */
export function drawHead(brush: Brush, animal: Animal): void {
  heads[animal.kind](brush, animal);
}
