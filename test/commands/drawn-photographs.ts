import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createRandom } from '../../src/base/random.js';
import { createRaster } from '../../src/base/raster.js';
import { encodePng } from '../../src/rendering/png.js';

/** Writes a picture that looks like no other of another seed: 40 x 40 pixels of noise in blocks of 4 x 4. */
export function writePhotograph(path: string, seed: number, brightness = 255): void {
  const random = createRandom(seed, 'sample');
  const blocks = Array.from({ length: 100 }, random);
  const raster = createRaster(40, 40, [0, 0, 0]);
  for (const index of raster.data.keys()) {
    const pixel = index >> 2;
    const block = Math.floor(pixel / 160) * 10 + Math.floor((pixel % 40) / 4);
    if (index % 4 < 3) raster.data[index] = (blocks[block] as number) * brightness;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, encodePng(raster));
}
