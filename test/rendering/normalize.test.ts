import { expect, test } from 'vitest';
import { measurePlanes } from '../../src/base/plane.js';
import { chooseScale, nonValueIndex, normalizeValues, type Scale } from '../../src/rendering/normalize.js';

const normalize = (scale: Scale, ...values: number[]) => [...normalizeValues(Float32Array.from(values), scale)];

test('zscore: the mean is 128, a standard deviation is 64 steps, ends are clipped, fractions cut off', () => {
  const scale: Scale = { kind: 'zscore', mean: 10, standardDeviation: 4 };
  expect(normalize(scale, 10, 14, 6, 18, 2, 100, -100, 10.05)).toEqual([128, 192, 64, 255, 0, 255, 0, 128]);
});

test('range: 256 equal bins, the top value in the last', () => {
  const scale: Scale = { kind: 'range', low: 0, high: 256 };
  expect(normalize(scale, 0, 0.99, 1, 127.5, 255, 256)).toEqual([0, 0, 1, 127, 255, 255]);
});

test('range: what lies outside takes the ends', () => {
  expect(normalize({ kind: 'range', low: 0, high: 1 }, -5, 5)).toEqual([0, 255]);
});

test('a constant channel takes the lowest color', () => {
  expect(normalize({ kind: 'zscore', mean: 3, standardDeviation: 0 }, 3, 3)).toEqual([0, 0]);
  expect(normalize({ kind: 'range', low: 3, high: 3 }, 3)).toEqual([0]);
  // a mean that is rounded is not quite the values' own
  expect(normalize({ kind: 'zscore', mean: 3 - 1e-7, standardDeviation: 0 }, 3)).toEqual([0]);
});

test('strength: from 0 to the largest value; in a layer with values below 0 as far below as above it', () => {
  const measure = (...values: number[]) =>
    measurePlanes([{ width: values.length, height: 1, values: Float32Array.from(values) }]);
  const positive = measure(0.5, 1, 4);
  expect(chooseScale('strength', positive, { min: 0, max: 9 })).toEqual({ kind: 'range', low: 0, high: 4 });
  expect(chooseScale('strength', positive, { min: -0.1, max: 9 })).toEqual({ kind: 'range', low: -4, high: 4 });
  const negative = measure(-3, 1);
  expect(chooseScale('strength', negative, negative)).toEqual({ kind: 'range', low: -3, high: 3 });
  const none = measure(0, 0);
  expect(normalize(chooseScale('strength', none, { min: 0, max: 9 }), 0)).toEqual([0]);
});

test('NaN and infinities are never a color of the ramp', () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const expected = new Array(3).fill(nonValueIndex);
  expect(normalize({ kind: 'range', low: 0, high: 1 }, ...values)).toEqual(expected);
  expect(normalize({ kind: 'zscore', mean: 0, standardDeviation: 0 }, ...values)).toEqual(expected);
});
