import { expect } from 'vitest';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { createRandom } from '../../src/base/random.js';
import { articleNetwork } from '../helpers/article-network.js';
import { graphEngine, layersEngine } from '../helpers/engines.js';
import { nativeTest } from '../helpers/native.js';

const inputs = (length: number) => Float32Array.from({ length }, createRandom(5, 'sample'));

nativeTest('every layer of the graph gives what tfjs-layers gives, for any batch size', async () => {
  const model = articleNetwork(64, [4, 6, 8, 10], 16);
  const [graph, layers] = [graphEngine(model, ['run']), layersEngine(model)];
  expect(graph.layers).toEqual(layers.layers);
  const names = graph.layers.map(({ name }) => name);
  expect(graph.inputShape).toEqual([64, 64, 3]);
  for (const size of [1, 3]) {
    const batch = inputs(size * 64 * 64 * 3);
    const [actual, expected] = [await graph.run(batch, size, names), await layers.run(batch, size, names)];
    expect(actual.map(({ name, shape }) => [name, shape])).toEqual(expected.map(({ name, shape }) => [name, shape]));
    const difference = actual.map(({ values }, index) =>
      Math.max(...values.map((value, at) => Math.abs(value - (expected[index]?.values[at] as number)))),
    );
    expect(Math.max(...difference)).toBeLessThan(1e-5);
  }
  graph.dispose();
});

nativeTest('layers come in the order they are asked for', async () => {
  const network = graphEngine(articleNetwork(64, [4, 6, 8, 10], 16), ['run']);
  const outputs = await network.run(inputs(64 * 64 * 3), 1, ['dense_2', 'conv2d_1']);
  expect(outputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['dense_2', [1, 1]],
    ['conv2d_1', [1, 62, 62, 4]],
  ]);
  await expect(network.run(inputs(64 * 64 * 3), 1, ['conv2d_9'])).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  network.dispose();
});

nativeTest('running a network leaves no tensors behind', async () => {
  const model = articleNetwork(64, [4, 6, 8, 10], 16);
  for (const network of [graphEngine(model), layersEngine(model)]) {
    await network.run(inputs(64 * 64 * 3), 1, ['conv2d_1', 'dense_2']);
    const before = tf.memory().numTensors;
    await network.run(inputs(64 * 64 * 3), 1, ['conv2d_1', 'dense_2']);
    expect(tf.memory().numTensors).toBe(before);
  }
});
