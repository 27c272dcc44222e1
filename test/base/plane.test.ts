import { expect, test } from 'vitest';
import { measurePlanes, type Plane } from '../../src/base/plane.js';

const plane = (...values: number[]): Plane => ({ width: values.length, height: 1, values: Float32Array.from(values) });

test('statistics of a plane worked out on paper', () => {
  expect(measurePlanes([plane(2, 4, 4, 4, 5, 5, 7, 9)])).toEqual({
    min: 2,
    max: 9,
    mean: 5,
    standardDeviation: 2,
    zeroFraction: 0,
    nonFiniteCount: 0,
  });
});

test('several planes are taken together', () => {
  expect(measurePlanes([plane(2, 4, 4), plane(4, 5, 5, 7, 9)])).toEqual(measurePlanes([plane(2, 4, 4, 4, 5, 5, 7, 9)]));
});

test('NaN and infinities are counted and otherwise left out', () => {
  const measured = measurePlanes([plane(Number.NaN, 0, -1, Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY)]);
  expect(measured).toMatchObject({ min: -1, max: 1, mean: 0, nonFiniteCount: 3, zeroFraction: 1 / 6 });
  expect(measured.standardDeviation).toBeCloseTo(Math.sqrt(2 / 3), 12);
});

test('equal values deviate by exactly nothing, even where their sum is rounded', () => {
  const measured = measurePlanes([{ width: 1000, height: 1, values: new Float32Array(1000).fill(0.1) }]);
  expect(measured.standardDeviation).toBe(0);
  expect(measured.mean).toBe(measured.min);
});

test('without a finite value everything is 0', () => {
  expect(measurePlanes([plane(Number.NaN)])).toEqual({
    min: 0,
    max: 0,
    mean: 0,
    standardDeviation: 0,
    zeroFraction: 0,
    nonFiniteCount: 1,
  });
});
