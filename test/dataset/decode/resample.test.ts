import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Interpolation } from '../../../src/dataset/decode/preprocessing.js';
import { resizeRgb } from '../../../src/dataset/decode/resample.js';

interface Case {
  source: { width: number; height: number; rgb: string };
  width: number;
  height: number;
  /** base64 */
  resized: Record<Interpolation, string>;
}

/** Pillow's results, made by test/fixtures/scripts/resample_images.py */
const cases: Case[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../fixtures/resampled-images.json'), 'utf8'),
);
const interpolations: Interpolation[] = ['nearest', 'bilinear', 'lanczos3'];

test.each(interpolations)('%s equals Pillow byte for byte at every size', (interpolation) => {
  const unequal = cases.filter(({ source, width, height, resized }) => {
    const pixels = { ...source, data: Buffer.from(source.rgb, 'base64') };
    const actual = Buffer.from(resizeRgb(pixels, width, height, interpolation));
    return actual.toString('base64') !== resized[interpolation];
  });
  expect(unequal.map(({ source, width, height }) => `${source.width}x${source.height} to ${width}x${height}`)).toEqual(
    [],
  );
});

test('a picture of one color keeps it at every size and interpolation', () => {
  const size = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(size, size, size, size, fc.nat(255), fc.constantFrom(...interpolations), (...sample) => {
      const [fromWidth, fromHeight, width, height, value, interpolation] = sample;
      const data = new Uint8Array(fromWidth * fromHeight * 3).fill(value);
      const resized = resizeRgb({ width: fromWidth, height: fromHeight, data }, width, height, interpolation);
      return resized.length === width * height * 3 && resized.every((byte) => byte === value);
    }),
  );
});

test('the result never shares memory with its source', () => {
  const data = Uint8Array.of(1, 2, 3);
  const same = resizeRgb({ width: 1, height: 1, data }, 1, 1, 'nearest');
  expect([...same]).toEqual([1, 2, 3]);
  expect(same.buffer).not.toBe(data.buffer);
});
