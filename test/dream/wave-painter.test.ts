import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { CosineBasis, frequencies } from '../../src/dream/cosine-basis.js';
import { shiftPictures, unshiftGradient } from '../../src/dream/shift-pictures.js';
import { WavePainter } from '../../src/dream/wave-painter.js';
import { relativeDifference, uniform } from '../helpers/gradients.js';

beforeAll(async () => {
  await selectBackend('cpu');
});

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);

test('waves are taken apart into what they were put together from', async () => {
  using basis = new CosineBasis(5, 7);
  const waves = uniform(2 * 5 * 7, 1);
  const planes = await basis.synthesize(waves);
  expect(dot(planes, planes)).toBeCloseTo(dot(waves, waves), 4);
  expect(relativeDifference(await basis.analyze(planes), waves)).toBeLessThan(1e-5);
});

test('the first wave is even, and the one after it half a cycle', async () => {
  using basis = new CosineBasis(1, 4);
  expect(await basis.synthesize(Float32Array.of(2, 0, 0, 0))).toEqual(Float32Array.of(1, 1, 1, 1));
  const half = await basis.synthesize(Float32Array.of(0, 1, 0, 0));
  expect(half[0]).toBeCloseTo(Math.cos(Math.PI / 8) / Math.SQRT2, 6);
  expect(half[3]).toBeCloseTo(-(half[0] as number), 6);
  expect([...frequencies(1, 4)]).toEqual([1 / 4, 1 / 4, 1 / 4, 3 / 8]);
});

test.each([1, 3] as const)('a gradient for pictures of %i colors becomes one for their waves', async (colors) => {
  const before = tf.memory().numTensors;
  {
    using painter = new WavePainter({ height: 4, width: 3, colors });
    const waves = uniform(2 * painter.waveCount, 3);
    const pictures = await painter.paint(waves);
    const gradient = uniform(pictures.length, 4);
    const found = await painter.takeBack(gradient, pictures);
    const step = 1e-2;
    for (const at of [0, 5, painter.waveCount - 1, painter.waveCount + 4]) {
      const more = await painter.paint(waves.with(at, (waves[at] as number) + step));
      const less = await painter.paint(waves.with(at, (waves[at] as number) - step));
      const slope = (dot(more, gradient) - dot(less, gradient)) / (2 * step);
      expect(Math.abs((found[at] as number) - slope)).toBeLessThan(1e-2 * Math.max(1, Math.abs(slope)));
    }
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('nothing is painted gray, and no wave leaves the range', async () => {
  using painter = new WavePainter({ height: 4, width: 4, colors: 3 });
  expect(new Set(await painter.paint(new Float32Array(painter.waveCount)))).toEqual(new Set([127.5]));
  const loud = await painter.paint(uniform(painter.waveCount, 5, -1000, 1000));
  expect(Math.min(...loud)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...loud)).toBeLessThanOrEqual(255);
});

test('a shifted picture comes in as its mirror image, and its gradient goes back to where the pixels came from', () => {
  const shape = { height: 1, width: 4, colors: 1 };
  const shift = { down: 0, right: 2 };
  expect([...shiftPictures(Float32Array.of(1, 2, 3, 4), shape, shift)]).toEqual([2, 1, 1, 2]);
  expect([...unshiftGradient(Float32Array.of(1, 10, 100, 1000), shape, shift)]).toEqual([110, 1001, 0, 0]);
  const large = { height: 5, width: 6, colors: 3 };
  const [picture, gradient] = [uniform(2 * 90, 1), uniform(2 * 90, 2)];
  for (const moved of [
    { down: -2, right: 3 },
    { down: 4, right: -1 },
  ]) {
    const there = dot(shiftPictures(picture, large, moved), gradient);
    expect(dot(picture, unshiftGradient(gradient, large, moved))).toBeCloseTo(there, 4);
  }
});
