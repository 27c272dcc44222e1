import { expect, test } from 'vitest';
import { areSame, assessAgreement, measureAgreement } from '../../src/explain/agreement.js';

const measure = (one: number[], other: number[]) => measureAgreement(Float32Array.from(one), Float32Array.from(other));

test('maps that rise and fall together agree, whatever their scale; turned around they do the opposite', () => {
  expect(measure([1, 2, 3, 4], [10, 20, 30, 40])).toBeCloseTo(1, 12);
  expect(measure([1, 2, 3, 4], [-1, -2, -3, -4])).toBeCloseTo(-1, 12);
  // Deviations -1, 0, 1 and 1/3, -2/3, 1/3: their product is 0.
  expect(measure([1, 2, 3], [1, 0, 1])).toBeCloseTo(0, 12);
});

test('a blank map agrees with none but another blank one, of which there is nothing to say; nor is there of NaN', () => {
  expect(measure([0, 0], [1, 2])).toBe(0);
  expect(measure([0, 0], [0, 0])).toBeUndefined();
  expect(measure([0, Number.NaN], [1, 2])).toBeUndefined();
});

test('maps are the same whatever rounding did to them', () => {
  const map = Float32Array.of(1, -2, 0);
  expect(areSame(map, Float32Array.of(1.00001, -2, 0.00001))).toBe(true);
  expect(areSame(map, Float32Array.of(1.001, -2, 0))).toBe(false);
  expect(areSame(map, Float32Array.of(Number.NaN, -2, 0))).toBe(false);
});

test('it is said only where the maps do not agree', () => {
  expect(assessAgreement('Grad-CAM', 'before Flatten', [0.9, 0.128])).toBe(
    'Do not trust where this map points: before Flatten, Grad-CAM cannot distinguish places. ' +
      'HiResCAM can, and it disagrees here (correlation 0.13).',
  );
  expect(assessAgreement('Grad-CAM', 'before Flatten', [0.5, undefined])).toBeUndefined();
  expect(assessAgreement('Grad-CAM', 'before Flatten', [undefined])).toBeUndefined();
});
