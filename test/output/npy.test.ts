import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeNpy } from '../../src/output/npy.js';

interface Fixture {
  cases: { shape: number[]; base64: string }[];
}

const fixture = JSON.parse(readFileSync(new URL('../fixtures/npy.json', import.meta.url), 'utf8')) as Fixture;

describe('encodeNpy', () => {
  it.each(fixture.cases)('writes the bytes that numpy.save writes for shape $shape', ({ shape, base64 }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    // in single precision, as the script computes it
    const values = Float32Array.from({ length: count }, (_, index) => Math.fround(index / Math.fround(3)) - 1);
    expect(Buffer.from(encodeNpy(shape, values)).toString('base64')).toBe(base64);
  });

  it('writes only the view it is given', () => {
    const whole = Float32Array.of(1, 2, 3, 4);
    expect(encodeNpy([2], whole.subarray(1, 3))).toEqual(encodeNpy([2], Float32Array.of(2, 3)));
  });
});
