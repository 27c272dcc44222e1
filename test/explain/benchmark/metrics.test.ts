import { expect, test } from 'vitest';
import { createRandom } from '../../../src/base/random.js';
import { edgeMap, gaussianMap, meanOfOthers } from '../../../src/explain/benchmark/controls.js';
import { insertionMinusDeletion, perturbImage } from '../../../src/explain/benchmark/insertion-deletion.js';
import { energyInside, pointsInside, shareOf } from '../../../src/explain/benchmark/mask-metrics.js';
import { rankCorrelation } from '../../../src/explain/benchmark/rank-correlation.js';

const plane = (width: number, ...values: number[]) => ({
  width,
  height: values.length / width,
  values: Float32Array.from(values),
});

test.each([
  // scipy.stats.spearmanr
  ['ties at the mean of their ranks', [1, 2, 2, 3, 5, -1, 0], [1, 3, 2, 2, 9, 0, 0], 0.9082951062292476],
  ['1 whatever the values', [1, 2, 3, 4], [1, 10, 100, 1000], 1],
  ['-1 the other way round', [1, 2, 3], [3, 2, 1], -1],
  ['0 where one is even', [1, 2, 3], [5, 5, 5], 0],
  ['1 where both are', [1, 1], [2, 2], 1],
])('rank correlation: %s', (_, one, other, expected) => {
  expect(rankCorrelation(Float32Array.from(one), Float32Array.from(other))).toBeCloseTo(expected, 12);
});

const mask = Uint8Array.of(0, 1, 1, 0);

test('energy inside a mask counts evidence for the class alone', () => {
  expect(energyInside(plane(2, 1, 2, 1, -8), mask)).toBe(0.75);
  expect(energyInside(plane(2, -1, -2, 0, -8), mask)).toBe(0);
  expect(shareOf(mask)).toBe(0.5);
});

test('the pointing game asks for the highest value; equal ones share', () => {
  expect(pointsInside(plane(2, 1, 2, 0, -8), mask)).toBe(1);
  expect(pointsInside(plane(2, 3, 2, 0, -8), mask)).toBe(0);
  expect(pointsInside(plane(2, 3, 3, 0, 3), mask)).toBeCloseTo(1 / 3, 12);
});

test('an edge filter answers where brightness changes, whatever the channels', () => {
  const step = Float32Array.from({ length: 4 * 4 * 2 }, (_, index) => (Math.floor(index / 2) % 4 < 2 ? 0 : index % 2));
  // Sobel at both sides of a step of 1/2: 1 + 2 + 1 times it
  const row = [0, 2, 2, 0];
  expect([...edgeMap(step, [4, 4, 2]).values]).toEqual([...row, ...row, ...row, ...row]);
});

test('a blob lies in the middle and falls off by sides alone', () => {
  const { values } = gaussianMap({ width: 8, height: 4 });
  const at = (x: number, y: number) => values[y * 8 + x] as number;
  expect(at(3, 1)).toBe(at(4, 2));
  expect(at(1, 1) / at(3, 1)).toBeCloseTo(Math.exp(-0.5 * (1.25 ** 2 - 0.25 ** 2)), 6);
});

test('the mean of the others leaves a map out', () => {
  const maps = [plane(1, 1, 2), plane(1, 100, 100), plane(1, 3, 6)];
  expect([...meanOfOthers(maps, 1).values]).toEqual([2, 4]);
});

/** A row of ten gray pixels; the "probability" is the brightness of the first one, less that of the last one. */
const pixels = Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
const shape = [1, 10, 1] as const;
const difference = async (inputs: Float32Array) =>
  Array.from({ length: inputs.length / 10 }, (_, at) => (inputs[at * 10] as number) - (inputs[at * 10 + 9] as number));

test('insertion minus deletion, worked out on paper', async () => {
  const image = await perturbImage(pixels, shape, difference);
  const asking = { probabilityOf: difference, random: createRandom(1, 'benchmark') };
  const first = await insertionMinusDeletion(image, plane(10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), asking);
  // With the mean color, 0.1 everywhere, the answer without pixels is 0. The first pixel alone makes it 1 - 0.1, the last one 1.
  // Insertion: 0, 0.9 nine times, 1: 0.86; deletion: 1, 0.1 nine times, 0: 0.14.
  expect(first.mean).toBeCloseTo(0.86 - 0.14, 6);
  const last = await insertionMinusDeletion(image, plane(10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), asking);
  expect(last.mean).toBeCloseTo(0.14 - 0.86, 6);
  expect(first.blur).toBeGreaterThan(0);
  expect(first.blur).toBeCloseTo(-last.blur, 6);
});

test('a map without an order is worth nothing, on average', async () => {
  const image = await perturbImage(pixels, shape, difference);
  let sum = 0;
  for (let draw = 0; draw < 400; draw++) {
    const random = createRandom(draw, 'benchmark');
    sum += (await insertionMinusDeletion(image, plane(10, ...Array(10).fill(1)), { probabilityOf: difference, random }))
      .mean;
  }
  expect(Math.abs(sum / 400)).toBeLessThan(0.06);
});
