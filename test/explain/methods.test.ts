import { expect, test } from 'vitest';
import { blurMap, blurSigma } from '../../src/explain/blur.js';
import { eigenCam } from '../../src/explain/eigen-cam.js';
import { saliency } from '../../src/explain/saliency.js';

const activationsOnly = (values: number[], channels: number) => ({
  shape: [1, values.length / channels, channels] as const,
  activations: Float32Array.from(values),
  gradients: new Float32Array(values.length),
});

test.each([
  ['the larger singular value of a diagonal', [3, 0, 0, 4], [0, 4]],
  ['with the sign that makes the map more than 0', [-3, 0, 0, -4], [0, 4]],
  ['nothing where nothing is active', [0, 0, 0, 0], [0, 0]],
])('Eigen-CAM: %s', (_, values, expected) => {
  const map = eigenCam(activationsOnly(values, 2));
  expect([...map].map((value) => Math.round(value * 1e6) / 1e6 + 0)).toEqual(expected);
});

test('saliency takes the color that changes the score most, and keeps NaN', () => {
  const gradients = Float32Array.of(1, -3, 2, Number.NaN, 0.5, 4);
  expect(saliency({ shape: [1, 2, 3], activations: new Float32Array(6), gradients })).toEqual(
    Float32Array.of(3, Number.NaN),
  );
});

test('a blur keeps what is even, also at the edges, and the sum of what is far from them', () => {
  const even = { width: 30, height: 20, values: new Float32Array(600).fill(2) };
  for (const value of blurMap(even).values) expect(value).toBeCloseTo(2, 5);
  const point = { width: 101, height: 61, values: new Float32Array(101 * 61) };
  point.values[30 * 101 + 50] = 1;
  const blurred = blurMap(point);
  const sigma = blurSigma(point);
  expect(sigma).toBeCloseTo(4.04, 6);
  const at = (x: number, y: number) => blurred.values[y * 101 + x] as number;
  expect(blurred.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 3);
  expect(at(50, 30) / at(54, 30)).toBeCloseTo(Math.exp(0.5 * (4 / sigma) ** 2), 3);
  expect(at(50, 34)).toBeCloseTo(at(54, 30), 6);
});
