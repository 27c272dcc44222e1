import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createRaster, type Raster } from '../../src/base/raster.js';
import { drawPicture } from '../../src/sample/draw-picture.js';
import { readSampleParameters } from '../../src/sample/parameters.js';
import type { PictureKey } from '../../src/sample/scene.js';
import { expectGolden } from '../helpers/golden.js';

const { palette, classNames } = readSampleParameters();
const key: PictureKey = { seed: 1, split: 'train', className: 'cats', index: 0 };
const draw = (changes: Partial<PictureKey>, size = 64) => drawPicture({ ...key, ...changes }, palette, size);

test('cats, dogs and rabbits', () => {
  const size = 120;
  const sheet = createRaster(8 * size, 3 * size, [255, 255, 255]);
  classNames.forEach((className, row) => {
    for (let index = 0; index < 8; index++) paste(sheet, draw({ className, index }, size), index * size, row * size);
  });
  expectGolden('sample-set', sheet);
});

function paste(sheet: Raster, picture: Raster, x: number, y: number): void {
  for (let row = 0; row < picture.height; row++) {
    const pixels = picture.data.subarray(row * picture.width * 4, (row + 1) * picture.width * 4);
    sheet.data.set(pixels, ((y + row) * sheet.width + x) * 4);
  }
}

test('a picture is a function of seed, split, class and index', () => {
  expect(draw({})).toEqual(draw({}));
  const others = [draw({ seed: 2 }), draw({ split: 'test' }), draw({ className: 'dogs' }), draw({ index: 1 })];
  const all = [draw({}), ...others].map(({ data }) => Buffer.from(data).toString('base64'));
  expect(new Set(all).size).toBe(5);
});

test('the longer side has the size asked for, and every pixel is opaque', () => {
  for (let index = 0; index < 12; index++) {
    const { width, height, data } = draw({ index }, 50);
    expect(Math.max(width, height)).toBe(50);
    expect(data.length).toBe(width * height * 4);
    expect(data.every((byte, position) => position % 4 !== 3 || byte === 255)).toBe(true);
  }
});

test.each([
  ['cats', 'a63bd405a5cd354f'],
  ['dogs', '3c069de01235d7a0'],
  ['rabbits', '391dc7c3b7b9d982'],
] as const)('the pictures of %s are those of every version so far', (className, expected) => {
  const hash = createHash('sha256');
  for (let index = 0; index < 6; index++) hash.update(draw({ className, index }, 100).data);
  expect(hash.digest('hex').slice(0, 16)).toBe(expected);
});
