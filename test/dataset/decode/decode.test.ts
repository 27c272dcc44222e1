import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';

const FIXTURES = path.join(import.meta.dirname, '../../fixtures');

interface Pixels {
  width: number;
  height: number;
  /** base64 */
  rgb: string;
}

/** Pillow's pixels of test/fixtures/images, made by test/fixtures/scripts/decode_images.py */
const expected: Record<string, Pixels & { resized?: string; oriented?: Pixels }> = JSON.parse(
  readFileSync(path.join(FIXTURES, 'decoded-images.json'), 'utf8'),
);

function fixture(name: string): string {
  return path.join(FIXTURES, 'images', name);
}

function decode(name: string, width: number, height: number, autoOrient = false): Promise<Uint8Array> {
  return decodeImage(fixture(name), { width, height, autoOrient, interpolation: 'nearest', rescale: 1 });
}

/** AVIF's conversion from YUV rounds differently in libheif (sharp) and libavif (Pillow); all else is equal. */
function toleranceOf(name: string): number {
  return name.endsWith('.avif') ? 1 : 0;
}

/** Positions and values of the first differences; empty means equal. */
function differences(actual: Uint8Array, base64: string, tolerance = 0): string[] {
  const wanted = Buffer.from(base64, 'base64');
  if (wanted.length !== actual.length) return [`length ${actual.length}, not ${wanted.length}`];
  const found: string[] = [];
  for (let at = 0; at < wanted.length && found.length < 5; at++) {
    if (Math.abs((wanted[at] ?? 0) - (actual[at] ?? 0)) > tolerance)
      found.push(`[${at}] ${actual[at]}, not ${wanted[at]}`);
  }
  return found;
}

describe("Pillow's pixels, byte for byte", () => {
  test.each(Object.entries(expected))('%s', async (name, wanted) => {
    const tolerance = toleranceOf(name);
    expect(differences(await decode(name, wanted.width, wanted.height), wanted.rgb, tolerance)).toEqual([]);
    if (wanted.resized !== undefined)
      expect(differences(await decode(name, 13, 11), wanted.resized, tolerance)).toEqual([]);
  });

  const turned = Object.entries(expected).flatMap(([name, { oriented }]) => (oriented ? [{ name, oriented }] : []));
  test.each(turned)('$name turned as its EXIF orientation says', async ({ name, oriented }) => {
    expect(differences(await decode(name, oriented.width, oriented.height, true), oriented.rgb)).toEqual([]);
  });
});
