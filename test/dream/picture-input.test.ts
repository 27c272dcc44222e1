import { describe, expect, test } from 'vitest';
import { CONVENTIONS, scalingOf } from '../../src/dataset/decode/conventions.js';
import { toImageFloats } from '../../src/dataset/stream/image-input.js';
import { toInput, toPictureGradient } from '../../src/dream/picture-input.js';
import { relativeDifference, uniform } from '../helpers/gradients.js';

const cases = CONVENTIONS.flatMap((name) => [
  { name, channels: undefined },
  { name, channels: 4 as const },
]);

describe.each(cases)('$name with $channels channels', ({ name, channels }) => {
  const scaling = { ...scalingOf(name), ...(channels && { channels }) };
  const pixels = Uint8Array.from(uniform(2 * 5 * 3, 1, 0, 256));

  test('whole numbers become what a decoded image of them does', () => {
    expect(toInput(Float32Array.from(pixels), scaling)).toEqual(toImageFloats(pixels, scaling));
  });

  test('a gradient goes back the way that the picture came', () => {
    const gradient = uniform(2 * 5 * (channels ?? 3), 2);
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
    const at = Float32Array.from(pixels);
    const back = toPictureGradient(gradient, scaling);
    const slopes = at.map((value, place) => {
      const [more, less] = [1, -1].map((step) => toInput(at.with(place, value + step), scaling));
      return (dot(more as Float32Array, gradient) - dot(less as Float32Array, gradient)) / 2;
    });
    expect(relativeDifference(back, slopes)).toBeLessThan(1e-3);
  });
});

test('a network that sees gray has pictures of one color', () => {
  const scaling = { rescale: 1 / 255, channels: 1 as const };
  const factor = Math.fround(1 / 255);
  expect(toInput(Float32Array.of(0, 51, 255), scaling)).toEqual(Float32Array.of(0, 51 * factor, 255 * factor));
  expect(toPictureGradient(Float32Array.of(255, -510), scaling)).toEqual(Float32Array.of(1, -2));
});
