import { expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { Engine } from '../../src/engines/contract/engine.js';
import { articleNetwork } from '../helpers/article-network.js';
import { graphEngine, layersEngine } from '../helpers/engines.js';
import { relativeDifference, uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';

const size = 40;
const images = uniform(2 * size * size * 3, 5, 0, 1);
const network = () => articleNetwork(size, [4, 6], 8);

/** Of two images, by differences of what is measured. */
async function slopesBy(engine: Engine, layer: string, weights: Float32Array, places: readonly number[]) {
  const sumOf = async (input: Float32Array) => {
    const [measured] = await engine.measure(input, 2, [layer]);
    return weights.reduce((sum, weight, at) => sum + weight * (measured?.means[at] as number), 0);
  };
  const step = 1e-2;
  const slopes = [];
  for (const place of places) {
    const at = images[place] as number;
    slopes.push(
      ((await sumOf(images.with(place, at + step))) - (await sumOf(images.with(place, at - step)))) / (2 * step),
    );
  }
  return Float32Array.from(slopes);
}

test('the means of channels, each image by weights of its own, are differentiated for every pixel', async () => {
  await selectBackend('cpu');
  const engine = layersEngine(network());
  const weights = Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, -2, 0, 0, 1);
  const gradient = await engine.differentiateChannels(images, 'conv2d_2', weights);
  const places = [2000, 2401, 3000, 4800 + 1700, 4800 + 2222];
  const found = Float32Array.from(places, (place) => gradient[place] as number);
  const slopes = await slopesBy(engine, 'conv2d_2', weights, places);
  for (const [at, slope] of slopes.entries()) expect(Math.abs((found[at] as number) - slope)).toBeLessThan(3e-5);
  expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(1e-4);
  await expect(engine.differentiateChannels(images, 'conv2d_9', weights)).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
  });
});

nativeTest('the graph gives what tfjs does: maps, units, scores, with and without a slope below 0', async () => {
  await selectBackend('native');
  const model = network();
  const [graph, layers] = [graphEngine(model, ['ascend']), layersEngine(model)];
  const before = tf.memory().numTensors;
  const cases = [
    ['conv2d_1', 4],
    ['max_pooling2d_1', 4],
    ['conv2d_2', 6],
    ['dense_1', 8],
    [null, 1],
  ] as const;
  for (const [layer, channels] of cases) {
    for (const slope of [0, 0.01]) {
      const weights = uniform(2 * channels, 9);
      const expected = await layers.differentiateChannels(images, layer, weights, slope);
      const found = await graph.differentiateChannels(images, layer, weights, slope);
      expect([
        layer,
        relativeDifference(
          found.map((value) => 1e3 * value),
          expected.map((value) => 1e3 * value),
        ),
      ]).toEqual([layer, expect.closeTo(0, 4)]);
    }
  }
  expect(tf.memory().numTensors).toBe(before);
  graph.dispose();
});

nativeTest(
  'a relu6 has a slope below 0 and none above 6, in the graph as in tfjs: as an activation and as a layer',
  async () => {
    await selectBackend('native');
    for (const isLayer of [false, true]) {
      const convolution = tf.layers.conv2d({
        ...{ filters: 1, kernelSize: 1, inputShape: [1, 3, 1], useBias: false, name: 'a' },
        ...(!isLayer && { activation: 'relu6' as const }),
        weights: [tf.tensor4d([3], [1, 1, 1, 1])],
      });
      const model = tf.sequential({
        layers: [convolution, ...(isLayer ? [tf.layers.reLU({ name: 'b', maxValue: 6 })] : [])],
      });
      for (const engine of [layersEngine(model), graphEngine(model, ['ascend'])]) {
        const slopes = async (slope: number) => {
          const gradient = await engine.differentiateChannels(
            ...([Float32Array.of(1, -1, 3), isLayer ? 'b' : 'a', Float32Array.of(1), slope] as const),
          );
          return [...gradient].map((value) => Number(value.toFixed(5)));
        };
        expect(await slopes(0)).toEqual([1, 0, 0]);
        expect(await slopes(0.1)).toEqual([1, 0.1, 0]);
      }
    }
  },
);

test.each(['conv', 'activation', 'layer'])('a relu has a slope below 0 where it is asked for: %s', async (kind) => {
  await selectBackend('cpu');
  const convolution = tf.layers.conv2d({
    ...{ filters: 1, kernelSize: 1, inputShape: [1, 2, 1], useBias: false, name: 'a' },
    ...(kind === 'conv' && { activation: 'relu' as const }),
  });
  const relu =
    kind === 'layer' ? tf.layers.reLU({ name: 'b' }) : tf.layers.activation({ activation: 'relu', name: 'b' });
  const model = tf.sequential({ layers: kind === 'conv' ? [convolution] : [convolution, relu] });
  model.weights[0]?.write(tf.tensor4d([3], [1, 1, 1, 1]));
  const engine = layersEngine(model);
  const name = kind === 'conv' ? 'a' : 'b';
  const slopes = async (slope?: number) =>
    [...(await engine.differentiateChannels(Float32Array.of(1, -1), name, Float32Array.of(1), slope))].map((value) =>
      Number(value.toFixed(5)),
    );
  expect(await slopes()).toEqual([1.5, 0]);
  expect(await slopes(0.1)).toEqual([1.5, 0.15]);
  const [output] = await engine.run(Float32Array.of(1, -1), 1, [name]);
  expect([...(output?.values ?? [])]).toEqual([3, 0]);
});
