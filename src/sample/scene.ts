// What is in a picture of the sample set: the animal, where it is, and the background behind it.

import { createRandom, type Random } from '../base/random.js';
import { createRaster, type Raster } from '../base/raster.js';
import { type Animal, between, createAnimal } from './animal.js';
import { drawBackground } from './background.js';
import { type Extent, extents } from './body.js';
import { placeAt, type Transform } from './geometry.js';
import type { AnimalClass, Palette, SampleSplit } from './parameters.js';

/** Which picture of the set. */
export interface PictureKey {
  /** uint32 */
  seed: number;
  split: SampleSplit;
  className: AnimalClass;
  /** from 0 within its split and class */
  index: number;
}

export interface Scene {
  /** the background alone */
  raster: Raster;
  animal: Animal;
  /** from the animal's units to pixels, the middle of its head at the origin */
  transform: Transform;
}

const splitNumbers: Record<SampleSplit, number> = { train: 0, validation: 1, test: 2 };
const classNumbers: Record<AnimalClass, number> = { cats: 0, dogs: 1, rabbits: 2 };
const shapes = [
  [1, 1],
  [1, 0.8],
  [0.8, 1],
  [1, 0.9],
] as const;

/**
 * The scene of a picture, a pure function of its key.
 *
 * @param size the longer side in pixels
 * @param kind of the animal; a cat in a dog's place, or the other way round, leaves the rest of the scene as it is, because
 * both take as many random numbers (a rabbit sits and is placed in its own way)
 */
export function setScene(key: PictureKey, palette: Palette, size: number, kind: AnimalClass = key.className): Scene {
  const random = createRandom(key.seed, 'sample', splitNumbers[key.split], classNumbers[key.className], key.index);
  const [width, height] = shapes[Math.floor(random() * shapes.length)] ?? shapes[0];
  const raster = createRaster(Math.round(size * width), Math.round(size * height), [255, 255, 255]);
  const animal = createAnimal(kind, palette, random);
  const { transform, ground } = place(raster, animal, random);
  const horizon = animal.pose === 'portrait' ? raster.height * between(0.5, 0.8, random) : ground;
  drawBackground(raster, palette, horizon, random);
  return { raster, animal, transform };
}

/** Where the animal stands, how large and which way round; `ground`: where the floor begins, pixels. */
function place(raster: Raster, animal: Animal, random: Random): { transform: Transform; ground: number } {
  const extent = roomFor(animal);
  const [width, height] = [extent.right - extent.left, extent.bottom - extent.top];
  const unit = Math.min(raster.width / width, raster.height / height) * between(0.72, 0.98, random);
  const left = (raster.width - width * unit) * random();
  const top = (raster.height - height * unit) * (animal.pose === 'portrait' ? 1 : between(0.5, 1, random));
  const turned = random() < 0.5;
  const x = turned ? left + extent.right * unit : left - extent.left * unit;
  const y = top - extent.top * unit;
  const turn = between(-0.05, 0.05, random);
  const upright: Transform = [turned ? -unit : unit, 0, 0, unit, x, y];
  return { transform: placeAt(upright, 0, 0, 1, turn), ground: y + (extent.bottom - 0.9) * unit };
}

/** Rabbits need room for their ears. */
function roomFor({ kind, pose }: Animal): Extent {
  const extent = extents[pose];
  return kind === 'rabbits' ? { ...extent, top: extent.top - 0.9 } : extent;
}
