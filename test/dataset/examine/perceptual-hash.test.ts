import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hashDistanceAt, hashPhotograph } from '../../../src/dataset/examine/perceptual-hash.js';

interface Case {
  /** hexadecimal */
  pixels: string;
  hash: number[];
}

const cases: Case[] = JSON.parse(readFileSync(new URL('../../fixtures/perceptual-hash.json', import.meta.url), 'utf8'));
const pixelsOf = (index: number) => Uint8Array.from(Buffer.from((cases[index] as Case).pixels, 'hex'));
const hash = (data: Uint8Array) => hashPhotograph({ data, width: 32, height: 32 });
const hashOf = (pixels: Uint8Array) => hash(pixels) as Uint32Array;
const hashDistance = (a: Uint32Array, b: Uint32Array, limit: number) =>
  hashDistanceAt(Uint32Array.of(...a, ...b), 0, a.length, limit);

test("hashes are those of SciPy's DCT", () => {
  expect(cases.map((_, index) => [...hashOf(pixelsOf(index))])).toEqual(cases.map(({ hash }) => hash));
});

test('a negative differs in every bit: each frequency changes its sign, and the median with it', () => {
  const negative = pixelsOf(0).map((value) => 255 - value);
  expect(hashDistance(hashOf(pixelsOf(0)), hashOf(negative), 256)).toBe(256);
});

test('brightness and contrast change nothing but rounding', () => {
  const dull = pixelsOf(2).map((value) => 30 + value / 2);
  expect(hashDistance(hashOf(pixelsOf(2)), hashOf(dull), 256)).toBeLessThan(20);
});

test('the distance is the number of bits that differ, up to the limit', () => {
  const zero = new Uint32Array(8);
  const some = Uint32Array.from([1, 0x80000000, 0xffffffff, 0, 0, 0, 0, 0x0f0f0000]);
  expect(hashDistance(zero, some, 256)).toBe(1 + 1 + 32 + 8);
  expect(hashDistance(some, some, 0)).toBe(0);
  expect(hashDistance(zero, some, 10)).toBeGreaterThan(10);
});

test('a picture with nothing in it has no hash, one with a faint step has', () => {
  const gray = new Uint8Array(32 * 32 * 3).fill(77);
  const step = gray.map((value, index) => (index < gray.length / 2 && index % 96 < 48 ? value + 20 : value));
  expect([hash(gray), hash(step)]).toEqual([undefined, expect.any(Uint32Array)]);
});

test('stripes as fine as what is looked at of a large picture do not decide its hash', () => {
  const [width, height] = [500, 375];
  const draw = (contrast: number) => {
    const data = new Uint8Array(width * height * 3);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const shape =
          110 + 40 * Math.sin(x / 37 + y / 91) + 30 * Math.sin(y / 23 - x / 171) + 20 * Math.sin((x * y) / 4000);
        data.fill(shape + contrast * Math.cos((2 * Math.PI * x) / 4), (y * width + x) * 3, (y * width + x) * 3 + 3);
      }
    }
    return hashPhotograph({ data, width, height }) as Uint32Array;
  };
  expect(hashDistance(draw(0), draw(50), 256)).toBeLessThan(48);
});
