import { expect, test } from 'vitest';
import { toFloats } from '../../../src/dataset/stream/floats.js';

test('each byte is multiplied by the factor in single precision', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const factor = Math.fround(1 / 255);
  const wanted = Float32Array.from(bytes, (byte) => Math.fround(byte * factor));
  expect(toFloats(bytes, 1 / 255)).toEqual(wanted);
  expect(wanted[255]).toBe(1);
});

test('a buffer that is given is written to, and only as far as needed', () => {
  const out = new Float32Array(4).fill(7);
  const floats = toFloats(Uint8Array.of(1, 2), 2, out);
  expect([...floats]).toEqual([2, 4]);
  expect([...out]).toEqual([2, 4, 7, 7]);
});
