import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Augmentation } from '../../../src/dataset/augment/augmentation.js';
import { AUGMENTATION_DEFAULTS } from '../../../src/dataset/augment/augmentation-options.js';
import { drawTransform, type ImageTransform } from '../../../src/dataset/augment/image-transform.js';

const size = { width: 100, height: 50 };
const all: Augmentation = {
  rotationRange: 40,
  widthShiftRange: 0.2,
  heightShiftRange: 0.2,
  shearRange: 15,
  zoomRange: [0.75, 1.1],
  horizontalFlip: true,
  verticalFlip: true,
  channelShiftRange: 20,
  brightnessRange: [0.5, 1],
  contrastRange: 0.2,
  fillMode: 'nearest',
};
const limits: Record<Exclude<keyof ImageTransform, 'horizontalFlip' | 'verticalFlip'>, [number, number]> = {
  rotation: [-40, 40],
  widthShift: [-20, 20],
  heightShift: [-10, 10],
  shear: [-15, 15],
  widthZoom: [0.75, 1.1],
  heightZoom: [0.75, 1.1],
  channelShift: [-20, 20],
  brightness: [0.5, 1],
  contrast: [0.8, 1.2],
};
const names = Object.keys(limits) as (keyof typeof limits)[];
const count = 4000;
const drawn = Array.from({ length: count }, (_, index) =>
  drawTransform(all, size, { seed: 1, pass: Math.floor(index / 100), fileIndex: index % 100 }),
);

/** The numbers of one parameter as places in its range, 0..1. */
function places(name: (typeof names)[number]): number[] {
  const [low, high] = limits[name];
  return drawn.map((transform) => (transform[name] - low) / (high - low));
}

test.each(names)('%s is uniform in its range', (name) => {
  const found = places(name);
  expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...found)).toBeLessThan(1);
  const tenths = new Array<number>(10).fill(0);
  for (const place of found) tenths[Math.floor(place * 10)] = (tenths[Math.floor(place * 10)] as number) + 1;
  // chi-squared with 9 degrees of freedom: below 27.9 in 999 of 1000 cases; the seed is fixed
  const expected = count / 10;
  expect(tenths.reduce((sum, found) => sum + (found - expected) ** 2 / expected, 0)).toBeLessThan(27.9);
});

test('half of all images are mirrored, half upside down, independently', () => {
  const share = (holds: (transform: ImageTransform) => boolean) => drawn.filter(holds).length / count;
  expect(share(({ horizontalFlip }) => horizontalFlip)).toBeCloseTo(0.5, 1);
  expect(share(({ verticalFlip }) => verticalFlip)).toBeCloseTo(0.5, 1);
  expect(share(({ horizontalFlip, verticalFlip }) => horizontalFlip && verticalFlip)).toBeCloseTo(0.25, 1);
});

test('no parameter says anything about another one, above all not one zoom about the other', () => {
  for (const [index, first] of names.entries()) {
    for (const second of names.slice(index + 1)) {
      const [a, b] = [places(first), places(second)];
      const covariance = a.reduce((sum, value, at) => sum + (value - 0.5) * ((b[at] as number) - 0.5), 0) / count;
      expect(Math.abs(covariance * 12), `${first}, ${second}`).toBeLessThan(0.06);
    }
  }
});

test('it is a function of seed, pass and image, and differs with each of them', () => {
  const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.record({ seed: uint32, pass: fc.nat(1000), fileIndex: fc.nat(100_000) }), (place) => {
      const transform = drawTransform(all, size, place);
      expect(drawTransform(all, size, { ...place })).toEqual(transform);
      for (const name of ['seed', 'pass', 'fileIndex'] as const) {
        expect(drawTransform(all, size, { ...place, [name]: place[name] + 1 })).not.toEqual(transform);
      }
    }),
    { numRuns: 50 },
  );
});

test('an option changes its own parameter alone', () => {
  const place = { seed: 1, pass: 2, fileIndex: 3 };
  const before = drawTransform(all, size, place);
  const { rotation, ...others } = drawTransform({ ...all, rotationRange: 0 }, size, place);
  expect({ ...others, rotation: before.rotation }).toEqual(before);
  expect(rotation).toBeCloseTo(0);
});

test('a shift from 1 on is in pixels', () => {
  const shifts = drawn.map((_, fileIndex) => {
    const options = { ...AUGMENTATION_DEFAULTS, widthShiftRange: 3 };
    return drawTransform(options, size, { seed: 1, pass: 0, fileIndex }).widthShift;
  });
  expect(Math.max(...shifts)).toBeLessThan(3);
  expect(Math.max(...shifts)).toBeGreaterThan(2.9);
});

test('without options nothing is done', () => {
  const nothing = drawTransform(AUGMENTATION_DEFAULTS, size, { seed: 1, pass: 0, fileIndex: 0 });
  expect(Object.values(nothing).every((value) => [0, 1, false].includes(Math.abs(Number(value)) as never))).toBe(true);
});
