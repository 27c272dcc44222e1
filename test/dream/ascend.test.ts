import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { createRandom } from '../../src/base/random.js';
import { ascendPixels, stretchContrast } from '../../src/dream/ascend-pixels.js';
import { ascendWaves } from '../../src/dream/ascend-waves.js';
import { type Ascent, channelGoal, classGoal, measureImages, readActivation } from '../../src/dream/ascent.js';
import { toInput } from '../../src/dream/picture-input.js';
import { layersEngine } from '../helpers/engines.js';
import { randomModel, relativeDifference } from '../helpers/gradients.js';

const size = 10;
const scaling = { rescale: 1 / 255, channels: 1 as const };

beforeAll(async () => {
  await selectBackend('cpu');
});

/** Filters of a linear convolution alone. */
function linearNetwork(): { model: tf.Sequential; ascent: Ascent } {
  const options = { filters: 3, kernelSize: 3, inputShape: [size, size, 1], name: 'linear' };
  const model = randomModel([tf.layers.conv2d(options)], 7);
  const network = layersEngine(model);
  return { model, ascent: { network, scaling, layerName: 'linear', steps: 1, seed: 1 } };
}

/** How the mean of a filter over all places depends on each value of the input, whatever the input is: [height, width]. */
function slopesOf(model: tf.Sequential, filter: number): Float32Array {
  const kernel = (model.weights[0] as tf.LayerVariable).read().dataSync();
  const slopes = new Float32Array(size * size);
  const places = size - 2;
  for (let row = 0; row < places; row++) {
    for (let column = 0; column < places; column++) {
      for (let at = 0; at < 9; at++) {
        const pixel = (row + Math.floor(at / 3)) * size + column + (at % 3);
        (slopes[pixel] as number) += (kernel[at * 3 + filter] as number) / places ** 2;
      }
    }
  }
  return slopes;
}

async function reachedBy({ network, layerName }: Ascent, pictures: Float32Array, filter: number): Promise<number> {
  const measured = await measureImages(network, layerName, toInput(pictures, scaling), 1);
  return readActivation(measured, channelGoal(filter, 3), 0).mean;
}

describe('a linear filter', () => {
  test('is pleased most by white where it adds and black where it takes away: waves come within 10 % of that', async () => {
    const { model, ascent } = linearNetwork();
    const goals = [0, 1, 2].map((filter) => channelGoal(filter, 3));
    const pictures = await ascendWaves({ ...ascent, steps: 300 }, goals);
    for (const filter of [0, 1, 2]) {
      const best = slopesOf(model, filter).map((slope) => (slope > 0 ? 255 : 0));
      const [highest, lowest] = [
        await reachedBy(ascent, best, filter),
        await reachedBy(
          ascent,
          best.map((value) => 255 - value),
          filter,
        ),
      ];
      const own = pictures.slice(filter * best.length, (filter + 1) * best.length);
      const share = ((await reachedBy(ascent, own, filter)) - lowest) / (highest - lowest);
      expect(share).toBeGreaterThan(0.9);
      expect(share).toBeLessThanOrEqual(1 + 1e-6);
    }
  });

  test('gets by the plain recipe the same step again and again', async () => {
    const { model, ascent } = linearNetwork();
    const pictures = await ascendPixels({ ...ascent, steps: 40 }, [channelGoal(1, 3)]);
    const slopes = slopesOf(model, 1);
    const length = Math.sqrt(slopes.reduce((sum, slope) => sum + slope ** 2, 0) / slopes.length) + 1e-5;
    const random = createRandom(1, 'dream', 2);
    const expected = slopes.map((slope) => 128 + 20 * random() + (40 * slope) / length);
    expect(relativeDifference(pictures, expected)).toBeLessThan(1e-5);
  });
});

test('a channel that never fires on noise fires in the end; the plain recipe leaves it as it is', async () => {
  const { model } = linearNetwork();
  const relu = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [size, size, 1], activation: 'relu', name: 'linear' }),
    ],
  });
  const [kernel] = model.weights as [tf.LayerVariable];
  // Below 0 on any gray, above 0 on what the filter is for.
  const sums = tf.sum(kernel.read(), [0, 1, 2]);
  relu.weights[0]?.write(kernel.read());
  relu.weights[1]?.write(tf.sub(tf.mul(sums, -0.5), 0.2));
  const ascent: Ascent = { network: layersEngine(relu), scaling, layerName: 'linear', steps: 100, seed: 1 };
  const goals = [channelGoal(0, 3)];
  const start = await ascendPixels({ ...ascent, steps: 0 }, goals);
  expect(await reachedBy(ascent, start, 0)).toBe(0);
  expect(await ascendPixels(ascent, goals)).toEqual(start);
  expect(await reachedBy(ascent, await ascendWaves(ascent, goals), 0)).toBeGreaterThan(0.005);
});

test('both classes of one sigmoid unit are ascended, each away from the other', async () => {
  const layers = [
    tf.layers.flatten({ inputShape: [size, size, 1] }),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ];
  const network = layersEngine(randomModel(layers, 3));
  const ascent: Ascent = { network, scaling, layerName: null, steps: 50, seed: 1 };
  const goals = [classGoal(0, 1), classGoal(1, 1)];
  const pictures = await ascendWaves(ascent, goals);
  const measured = await measureImages(network, null, toInput(pictures, scaling), 2);
  expect(measured.means[0]).toBeLessThan(-0.2);
  expect(measured.means[1]).toBeGreaterThan(0.2);
  expect(readActivation(measured, goals[0] as Float32Array, 0).mean).toBe(-(measured.means[0] as number));
});

test('the same seed gives the same picture, alone or beside others, and another seed another one', async () => {
  const { ascent } = linearNetwork();
  const goals = [0, 1].map((filter) => channelGoal(filter, 3));
  const both = await ascendWaves({ ...ascent, steps: 5 }, goals);
  expect(await ascendWaves({ ...ascent, steps: 5 }, goals)).toEqual(both);
  const alone = await ascendWaves({ ...ascent, steps: 5 }, goals.slice(1));
  expect(relativeDifference(alone, both.slice(both.length / 2))).toBeLessThan(1e-6);
  expect(await ascendWaves({ ...ascent, steps: 5, seed: 2 }, goals)).not.toEqual(both);
});

test('the book draws a picture around medium gray', () => {
  const drawn = stretchContrast(Float32Array.of(10, 20, 30, 40));
  const deviation = Math.sqrt(125);
  expect([...drawn]).toEqual(
    [-15, -5, 5, 15].map((value) => expect.closeTo(255 * (0.5 + (0.1 * value) / deviation), 3)),
  );
});
