import { expect } from 'vitest';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { ChannelMeasurements } from '../../src/engines/contract/channel-measurements.js';
import { graphEngine, layersEngine } from '../helpers/engines.js';
import { randomModel, relativeDifference, uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';

const pixels = 12 * 12 * 3;

function makeModel() {
  return randomModel(
    [
      tf.layers.conv2d({ name: 'relu', filters: 5, kernelSize: 3, activation: 'relu', inputShape: [12, 12, 3] }),
      tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      tf.layers.conv2d({ name: 'tanh', filters: 3, kernelSize: 2, activation: 'tanh' }),
      tf.layers.averagePooling2d({ name: 'average', poolSize: 2 }),
      tf.layers.conv2d({ name: 'linear', filters: 2, kernelSize: 1 }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({ name: 'dense', units: 4, activation: 'sigmoid' }),
    ],
    3,
  );
}

const names = ['relu', 'pool', 'tanh', 'average', 'linear', 'dense'];

function compare(actual: ChannelMeasurements, expected: ChannelMeasurements): number {
  const fields = ['means', 'minima', 'maxima', 'firingCounts', 'saturatedCounts', 'squares', 'products'] as const;
  const differences = fields.map((field) => {
    const [a, b] = [actual[field], expected[field]];
    if (a === null || b === null) return a === b ? 0 : Number.POSITIVE_INFINITY;
    return a.length === b.length ? relativeDifference(a, b) : Number.POSITIVE_INFINITY;
  });
  return Math.max(...differences);
}

nativeTest('the graph measures what tfjs measures, on layers of every kind', async () => {
  const model = makeModel();
  const [graph, layers] = [graphEngine(model, ['measure']), layersEngine(model)];
  expect(graph.layers).toEqual(layers.layers);
  expect(graph.layers.map(({ range }) => range)).toEqual([null, null, [-1, 1], [-1, 1], null, null, [0, 1]]);
  const inputs = uniform(4 * pixels, 7, -3, 3);
  const [actual, expected] = [await graph.measure(inputs, 4, names), await layers.measure(inputs, 4, names)];
  expect(actual.map(({ name }) => name)).toEqual(names);
  for (const [index, measured] of actual.entries()) {
    expect(compare(measured, expected[index] as ChannelMeasurements), measured.name).toBeLessThan(1e-5);
  }
  graph.dispose();
});

nativeTest('an image has the same bits in any place of a batch, whatever else is in it', async () => {
  const graph = graphEngine(makeModel(), ['measure']);
  const inputs = uniform(4 * pixels, 7, -3, 3);
  const turned = Float32Array.from([...inputs.subarray(3 * pixels), ...inputs.subarray(0, 3 * pixels)]);
  const [before, after] = [await graph.measure(inputs, 4, names), await graph.measure(turned, 4, names)];
  for (const [index, { means, firingCounts, products }] of before.entries()) {
    const own = after[index] as ChannelMeasurements;
    const last = <Values extends Float32Array>(values: Values) => [...values.subarray((values.length / 4) * 3)];
    const first = <Values extends Float32Array>(values: Values) => [...values.subarray(0, values.length / 4)];
    expect(first(own.means)).toEqual(last(means));
    expect(first(own.firingCounts)).toEqual(last(firingCounts));
    if (products && own.products) expect(first(own.products)).toEqual(last(products));
  }
  graph.dispose();
});

nativeTest.each([
  [37, 24],
  [41, 5],
  [16, 130],
])('reductions of a map of %i x %i channels have the same bits in batches of any size', async (side, channels) => {
  const inputShape = [side, side, channels];
  const layer = tf.layers.activation({ name: 'map', activation: 'relu', inputShape });
  const graph = graphEngine(randomModel([layer], 3), ['measure']);
  const length = side * side * channels;
  const images = uniform(9 * length, 7, -1, 3);
  const measure = async (first: number, size: number) => {
    const [measured] = await graph.measure(images.subarray(first * length, (first + size) * length), size, ['map']);
    return measured as ChannelMeasurements;
  };
  const alone = await Promise.all(Array.from({ length: 9 }, (_, image) => measure(image, 1)));
  for (let size = 2; size <= 9; size++) {
    const batch = await measure(9 - size, size);
    for (const field of ['means', 'minima', 'maxima', 'firingCounts', 'squares', 'products'] as const) {
      const expected = alone.slice(9 - size).flatMap((measured) => [...(measured[field] as Float32Array)]);
      expect(
        Buffer.from(Float32Array.from(expected).buffer).equals(
          Buffer.from(Float32Array.from(batch[field] as Float32Array).buffer),
        ),
        `${field}, ${size} images`,
      ).toBe(true);
    }
  }
  graph.dispose();
});

nativeTest(
  'what pools and counts by bytes is exact: minima of 0, maxima and counts, also where four channels do not fit',
  async () => {
    const graph = graphEngine(
      randomModel([tf.layers.activation({ name: 'map', activation: 'relu', inputShape: [17, 17, 3] })], 3),
      ['measure'],
    );
    const images = uniform(2 * 17 * 17 * 3, 9, -1, 1);
    const [measured] = await graph.measure(images, 2, ['map']);
    for (let at = 0; at < 6; at++) {
      const [image, channel] = [Math.floor(at / 3), at % 3];
      const values = Array.from({ length: 289 }, (_, place) =>
        Math.max(0, images[(image * 289 + place) * 3 + channel] as number),
      );
      expect(measured?.minima[at]).toBe(0);
      expect(measured?.maxima[at]).toBe(Math.max(...values));
      expect(measured?.firingCounts[at]).toBe(values.filter((value) => value > 0).length);
      expect(measured?.means[at]).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 289, 6);
    }
    graph.dispose();
  },
);

nativeTest('measuring leaves no tensors behind, by the graph and by tfjs', async () => {
  const model = makeModel();
  for (const engine of [graphEngine(model, ['measure']), layersEngine(model)]) {
    await engine.measure(uniform(pixels, 1), 1, names);
    const before = tf.memory().numTensors;
    await engine.measure(uniform(pixels, 1), 1, names);
    expect(tf.memory().numTensors).toBe(before);
    engine.dispose();
  }
});
