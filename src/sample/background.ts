// Draws the background.

import type { Random } from '../base/random.js';
import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import { between, brightness, choose, vary } from './animal.js';
import { type Brush, black, fill, mix, white } from './brush.js';
import { brushStroke, curve, ellipse, type Points } from './geometry.js';
import type { Palette } from './parameters.js';

/** What a background is drawn with. */
interface Scene extends Brush {
  width: number;
  height: number;
  /** where the ground begins, pixels from the top */
  horizon: number;
  palette: Palette;
  random: Random;
}

/**
 * A place for an animal: outdoors, in a room, or before a plain wall.
 *
 * @param horizon where the ground begins, pixels from the top
 */
export function drawBackground(raster: Raster, palette: Palette, horizon: number, random: Random): void {
  const { width, height } = raster;
  const scene: Scene = { raster, transform: [1, 0, 0, 1, 0, 0], width, height, horizon, palette, random };
  const place = random();
  if (place < 0.45) drawOutdoors(scene);
  else if (place < 0.8) drawRoom(scene);
  else drawStudio(scene);
}

function drawOutdoors(scene: Scene): void {
  const { palette, random, width, height, horizon } = scene;
  const sky = vary(choose(palette.skies, random), random);
  const ground = vary(choose(palette.grounds, random), random);
  fillGradient(scene, 0, sky, mix(sky, white, 0.5));
  drawSky(scene, sky);
  for (const lift of [0.16, 0.06]) {
    const crest = Array.from({ length: 5 }, (_, index) => {
      return [(width * (index * 1.5 - 1)) / 4, horizon - height * lift * random()] as const;
    });
    fill(scene, [...curve(crest), [width * 1.3, height], [-width * 0.3, height]], mix(ground, sky, lift * 3));
  }
  fillGradient(scene, horizon, ground, mix(ground, black, 0.12));
  for (let tuft = 0; tuft < 22; tuft++) {
    const [x, y, size] = [random() * width, between(horizon + 4, height, random), between(0.02, 0.05, random) * height];
    for (const lean of [-0.5, 0, 0.5]) {
      const blade = brushStroke(
        [
          [x, y],
          [x + lean * size, y - size],
        ],
        0.011 * width,
        0.003 * width,
      );
      fill(scene, blade, mix(ground, black, 0.25), 0.7);
    }
  }
}

function drawSky(scene: Scene, sky: Color): void {
  const { random, width, height, horizon } = scene;
  const sun: Color = brightness(sky) < 100 ? [240, 240, 225] : [255, 236, 150];
  const radius = width * 0.08;
  fill(scene, ellipse(random() * width, horizon * between(0.1, 0.5, random), radius, radius), sun, 0.9);
  const puff = mix(sky, white, 0.75);
  for (let cloud = Math.floor(random() * 4); cloud > 0; cloud--) {
    const [x, y] = [random() * width, horizon * between(0.05, 0.5, random)];
    for (const part of [-1, 1, 0]) {
      const size = part === 0 ? 1.25 : 1;
      fill(scene, ellipse(x + part * width * 0.07, y - size * 5, width * 0.06 * size, height * 0.045 * size), puff);
    }
  }
}

function drawRoom(scene: Scene): void {
  const { palette, random, raster, width, height, horizon } = scene;
  const wall = vary(choose(palette.walls, random), random);
  const floor = vary(choose(palette.floors, random), random);
  fillGradient(scene, 0, wall, mix(wall, black, 0.08));
  if (random() < 0.5) {
    const step = between(0.06, 0.14, random) * width;
    for (let x = 0; x < width; x += step) {
      fillRectangle(raster, Math.round(x), 0, Math.round(step / 2), height, mix(wall, white, 0.25));
    }
  }
  if (random() < 0.6) drawWindow(scene, wall);
  fillGradient(scene, horizon, floor, mix(floor, black, 0.15));
  fillRectangle(raster, 0, Math.round(horizon) - 3, width, 5, mix(wall, white, 0.6));
  if (random() < 0.6) {
    const rug = vary(choose(palette.collars, random), random);
    const [x, y] = [width * between(0.3, 0.7, random), between(horizon, height, random) + height * 0.04];
    fill(scene, ellipse(x, y, width * 0.45, height * 0.09), mix(rug, white, 0.25));
    fill(scene, ellipse(x, y, width * 0.37, height * 0.07), mix(rug, white, 0.55));
  }
}

function drawWindow(scene: Scene, wall: Color): void {
  const { palette, random, width, height } = scene;
  const size = between(0.2, 0.36, random) * width;
  const frame = width * 0.02;
  const [x, y] = [random() * (width - size), between(0.02, 0.15, random) * height];
  const wood = mix(wall, black, 0.35);
  fill(scene, rectangle(x, y, size, size * 1.1), wood);
  const sky = vary(choose(palette.skies, random), random);
  fill(scene, rectangle(x + frame, y + frame, size - 2 * frame, size * 1.1 - 2 * frame), sky);
  fill(scene, rectangle(x + (size - frame) / 2, y, frame, size * 1.1), wood);
}

function drawStudio(scene: Scene): void {
  const { palette, random, width, height } = scene;
  const color = vary(choose([...palette.walls, ...palette.skies, ...palette.grounds], random), random);
  fillGradient(scene, 0, mix(color, white, 0.3), mix(color, black, 0.15));
  for (let light = 0; light < 9; light++) {
    const radius = between(0.03, 0.12, random) * width;
    fill(scene, ellipse(random() * width, random() * height, radius, radius), white, 0.16);
  }
}

/** From a row of the picture down to its end. */
function fillGradient({ raster, width, height }: Scene, top: number, from: Color, to: Color): void {
  const start = Math.max(0, Math.round(top));
  for (let row = start; row < height; row++) {
    fillRectangle(raster, 0, row, width, 1, mix(from, to, (row - start) / (height - start)));
  }
}

function rectangle(x: number, y: number, width: number, height: number): Points {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}
