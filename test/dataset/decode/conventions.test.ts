import { expect, test } from 'vitest';
import { scalingOf } from '../../../src/dataset/decode/conventions.js';
import { toImageFloats, toImageInput } from '../../../src/dataset/stream/image-input.js';

// A red, a gray and a white pixel, worked out by hand from Keras's imagenet_utils.
const PIXELS = Uint8Array.of(255, 0, 51, 102, 102, 102, 255, 255, 255);

test.each([
  ['unit', [1, 0, 0.2, 0.4, 0.4, 0.4, 1, 1, 1]],
  ['signed', [1, -1, -0.6, -0.2, -0.2, -0.2, 1, 1, 1]],
  ['caffe', [-52.939, -116.779, 131.32, -1.939, -14.779, -21.68, 151.061, 138.221, 131.32]],
  ['torch', [2.2489083, -2.0357143, -0.9155556, -0.371179, -0.25, -0.0266667, 2.2489083, 2.4285714, 2.64]],
  ['raw', [255, 0, 51, 102, 102, 102, 255, 255, 255]],
] as const)('%s', (convention, expected) => {
  const values = toImageFloats(PIXELS, scalingOf(convention));
  expected.forEach((value, index) => {
    expect(values[index]).toBeCloseTo(value, 4);
  });
});

test('what only scales leaves its bytes to the engine', () => {
  expect(toImageInput(PIXELS, scalingOf('unit'))).toEqual({ bytes: PIXELS, rescale: 1 / 255 });
  expect(toImageInput(PIXELS, scalingOf('signed'))).toBeInstanceOf(Float32Array);
});

test("gray is Pillow's, and alpha is opaque", () => {
  // Image.new('RGB', (1, 1), color).convert('L'): 82, 102, 255
  expect([...toImageFloats(PIXELS, { rescale: 1, channels: 1 })]).toEqual([82, 102, 255]);
  const withAlpha = toImageFloats(PIXELS.subarray(0, 3), { rescale: 1 / 255, channels: 4 });
  expect([...withAlpha].map((value) => Number(value.toFixed(6)))).toEqual([1, 0, 0.2, 1]);
});
