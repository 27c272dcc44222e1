import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Raster } from '../../src/base/raster.js';
import { encodePng } from '../../src/rendering/png.js';
import { decodePng } from './decode-png.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'golden');

/**
 * Compares a picture, pixel by pixel, with test/golden/NAME.png. A difference throws and leaves NAME-changed.png beside
 * it. `UPDATE_GOLDEN=1` takes the picture as the new truth: look at it before you commit it.
 *
 * @param tolerance by how much a byte may differ: of what a machine's floating point may round otherwise
 */
export function expectGolden(name: string, picture: Raster, tolerance = 0): void {
  const path = join(folder, `${name}.png`);
  const changedPath = join(folder, `${name}-changed.png`);
  rmSync(changedPath, { force: true });
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, encodePng(picture));
    return;
  }
  const difference = existsSync(path)
    ? describeDifference(decodePng(readFileSync(path)), picture, tolerance)
    : 'it does not exist';
  if (difference === undefined) return;
  writeFileSync(changedPath, encodePng(picture));
  throw new Error(`golden picture ${name}: ${difference}; see ${changedPath}, accept it with UPDATE_GOLDEN=1`);
}

function describeDifference(expected: Raster, actual: Raster, tolerance: number): string | undefined {
  if (expected.width !== actual.width || expected.height !== actual.height) {
    return `expected ${expected.width}x${expected.height} pixels, received ${actual.width}x${actual.height}`;
  }
  const differs = (byte: number, position: number) => Math.abs(byte - (expected.data[position] as number)) > tolerance;
  const index = actual.data.findIndex(differs);
  if (index < 0) return undefined;
  const pixel = Math.floor(index / 4);
  return `differs first at x ${pixel % actual.width}, y ${Math.floor(pixel / actual.width)}`;
}
