// Draws pictures of the sample set, and their twins.

import type { Raster } from '../base/raster.js';
import { drawBody } from './body.js';
import { placeAt } from './geometry.js';
import { drawHead } from './head.js';
import type { AnimalClass, Palette } from './parameters.js';
import { type PictureKey, type Scene, setScene } from './scene.js';

/** Draws one picture of the sample set, a pure function of its key. `size`: the longer side in pixels. */
export function drawPicture(key: PictureKey, palette: Palette, size: number): Raster {
  return paintAnimal(setScene(key, palette, size));
}

const others: Partial<Record<AnimalClass, AnimalClass>> = { cats: 'dogs', dogs: 'cats' };

/**
 * Draws the twin of a picture: the same scene, and the same animal but for the head, the eyes and the tail of the other class.
 * Rabbits have none: they sit in their own way.
 */
export function drawTwin(key: PictureKey, palette: Palette, size: number): Raster | undefined {
  const kind = others[key.className];
  return kind && paintAnimal(setScene(key, palette, size, kind));
}

function paintAnimal({ raster, animal, transform }: Scene): Raster {
  drawBody({ raster, transform }, animal);
  drawHead({ raster, transform: placeAt(transform, 0, 0, 1, animal.headTilt) }, animal);
  return raster;
}
