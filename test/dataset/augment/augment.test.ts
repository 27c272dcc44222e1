import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { augmentBatch, transformImage } from '../../../src/dataset/augment/augment.js';
import type { Augmentation } from '../../../src/dataset/augment/augmentation.js';
import { AUGMENTATION_DEFAULTS } from '../../../src/dataset/augment/augmentation-options.js';
import type { FillMode } from '../../../src/dataset/augment/fill-modes.js';
import { drawTransform, type ImageTransform } from '../../../src/dataset/augment/image-transform.js';
import { toFloats } from '../../../src/dataset/stream/floats.js';

interface Case {
  size: 15 | 16;
  fillMode: FillMode;
  parameters: Partial<ImageTransform>;
  result: string;
}

const fixture: {
  neutral: ImageTransform;
  pictures: Record<string, string>;
  cases: Case[];
  brightness: Case[];
} = JSON.parse(readFileSync(new URL('../../fixtures/augmentation.json', import.meta.url), 'utf8'));
const { neutral } = fixture;

/** The greatest distance from Keras's value, of 255. */
function distanceFromKeras({ size, fillMode, parameters, result }: Case): number {
  const pixels = Uint8Array.from(Buffer.from(fixture.pictures[size] as string, 'base64'));
  const wanted = new Float32Array(Uint8Array.from(Buffer.from(result, 'base64')).buffer);
  const found = new Float32Array(pixels.length);
  const target = { width: size, height: size, rescale: 1 / 255 };
  transformImage(pixels, { ...neutral, ...parameters }, fillMode, target, found);
  return found.reduce((most, value, at) => Math.max(most, Math.abs(value * 255 - (wanted[at] as number))), 0);
}

test.each(fixture.cases)('$fillMode $parameters gives the values of Keras', (given) => {
  expect(distanceFromKeras(given)).toBeLessThan(0.001);
});

test.each(fixture.brightness)('$parameters is plain multiplication: within 1 of what Keras cuts to bytes', (given) => {
  const distance = distanceFromKeras(given);
  expect(distance).toBeLessThanOrEqual(1.001);
});

/** A picture of 3 x 3 pixels, from the numbers of its red channel; green is 100 more, blue always 7. */
function transform3x3(red: number[], parameters: Partial<ImageTransform>, fillMode: FillMode = 'nearest'): number[] {
  const pixels = Uint8Array.from(red.flatMap((value) => [value, value + 100, 7]));
  const out = new Float32Array(27);
  transformImage(pixels, { ...neutral, ...parameters }, fillMode, { width: 3, height: 3, rescale: 1 }, out);
  return [...out].filter((_, at) => at % 3 === 0).map((value) => Number(value.toFixed(4)));
}

describe('worked out on paper', () => {
  const picture = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ].flat();

  test.each<[string, Partial<ImageTransform>, number[]]>([
    ['nothing', {}, picture],
    ['a mirror', { horizontalFlip: true }, [3, 2, 1, 6, 5, 4, 9, 8, 7]],
    ['upside down', { verticalFlip: true }, [7, 8, 9, 4, 5, 6, 1, 2, 3]],
    ['a quarter turn counterclockwise', { rotation: 90 }, [3, 6, 9, 2, 5, 8, 1, 4, 7]],
    ['a quarter turn, then a mirror', { rotation: 90, horizontalFlip: true }, [9, 6, 3, 8, 5, 2, 7, 4, 1]],
    ['one pixel to the left', { widthShift: 1 }, [2, 3, 3, 5, 6, 6, 8, 9, 9]],
    ['one pixel down', { heightShift: -1 }, [1, 2, 3, 1, 2, 3, 4, 5, 6]],
    ['half a pixel to the left', { widthShift: 0.5 }, [1.5, 2.5, 3, 4.5, 5.5, 6, 7.5, 8.5, 9]],
    ['twice as wide', { widthZoom: 0.5 }, [1.5, 2, 2.5, 4.5, 5, 5.5, 7.5, 8, 8.5]],
    ['half as high', { heightZoom: 2 }, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('%s', (_, parameters, wanted) => {
    expect(transform3x3(picture, parameters)).toEqual(wanted);
  });

  test.each<[FillMode, number[]]>([
    ['nearest', [3, 3, 3]],
    ['reflect', [3, 2, 1]],
    ['wrap', [2, 1, 2]],
    ['constant', [0, 0, 0]],
  ])('three pixels to the left, filled by %s', (fillMode, row) => {
    expect(transform3x3(picture, { widthShift: 3 }, fillMode).slice(0, 3)).toEqual(row);
  });

  test('a channel shift stays between the least and the greatest value of the picture', () => {
    expect(transform3x3([0, 2, 9, 0, 0, 0, 0, 0, 0], { channelShift: 105 })).toEqual([
      105,
      107,
      109,
      ...Array(6).fill(105),
    ]);
  });

  test('brightness multiplies, up to white', () => {
    expect(transform3x3([0, 2, 150, 0, 0, 0, 0, 0, 0], { brightness: 2 }).slice(0, 3)).toEqual([0, 4, 255]);
  });

  test('contrast multiplies the distance to the mean, down to black', () => {
    expect(transform3x3([0, 90, 0, 0, 0, 0, 0, 0, 0], { contrast: 2 }).slice(0, 2)).toEqual([0, 170]);
  });
});

test('a transform that changes nothing gives the bits of a batch that is not augmented', () => {
  const pixels = Uint8Array.from({ length: 75 }, (_, at) => (at * 37) % 256);
  const out = new Float32Array(75);
  transformImage(pixels, neutral, 'nearest', { width: 5, height: 5, rescale: 1 / 255 }, out);
  expect(out).toEqual(toFloats(pixels, 1 / 255));
});

test('every image of a batch is changed as its file and its pass want it', () => {
  const augmentation: Augmentation = { ...AUGMENTATION_DEFAULTS, rotationRange: 40, horizontalFlip: true };
  const target = { width: 4, height: 3, rescale: 1 };
  const pixels = Uint8Array.from({ length: 72 }, (_, at) => (at * 41) % 256);
  const batch = { size: 2, pixels, classIndexes: Int32Array.of(0, 1), fileIndexes: Int32Array.of(9, 5), pass: 3 };
  const memory = new Float32Array(100);
  const found = augmentBatch(batch, { augmentation, seed: 8 }, target, memory);
  const wanted = [9, 5].flatMap((fileIndex, place) => {
    const out = new Float32Array(36);
    const transform = drawTransform(augmentation, target, { seed: 8, pass: 3, fileIndex });
    transformImage(pixels.subarray(place * 36, place * 36 + 36), transform, 'nearest', target, out);
    return [...out];
  });
  expect([...found]).toEqual(wanted);
  expect(found.buffer).toBe(memory.buffer);
});
