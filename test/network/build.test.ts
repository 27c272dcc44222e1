import { afterEach, beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { Architecture } from '../../src/network/architecture.js';
import { countFrozen, planLayers } from '../../src/network/architecture.js';
import { buildModel, initializeKernels } from '../../src/network/build.js';
import { describeModel } from '../../src/network/describe.js';

const SMALL: Architecture = { imageSize: 12, filters: [4, 4], dense: 8, dropout: 0.5, classCount: 3 };
let models: tf.LayersModel[] = [];

function build(architecture: Architecture, seed: number): tf.LayersModel {
  const model = buildModel(architecture, seed);
  models.push(model);
  return model;
}

beforeAll(async () => {
  await selectBackend('cpu');
});

afterEach(() => {
  for (const model of models) model.dispose();
  models = [];
  expect(tf.memory().numTensors).toBe(0);
});

test.each<Architecture>([
  SMALL,
  { ...SMALL, batchNormalization: true, denseDropout: 0.2, kernelInitializer: 'he_normal' },
  { imageSize: 150, filters: [32, 64, 128, 128], dense: 512, dropout: 0, classCount: 2 },
])('the built network is the planned one', (architecture) => {
  const plan = planLayers(architecture);
  const { layers, parameterCount, trainableParameterCount } = describeModel(build(architecture, 1));
  expect(layers).toEqual(
    plan.map(({ name, kind, outputShape, parameterCount }) => ({ name, kind, outputShape, parameterCount })),
  );
  expect(parameterCount).toBe(plan.reduce((sum, layer) => sum + layer.parameterCount, 0));
  expect(trainableParameterCount).toBe(parameterCount - countFrozen(plan));
});

test('the same seed gives the same weights, another seed others', () => {
  const values = (seed: number) =>
    build(SMALL, seed)
      .getWeights()
      .map((weight) => [...weight.dataSync()]);
  expect(values(7)).toEqual(values(7));
  expect(values(7)).not.toEqual(values(8));
});

test('layers of equal shape get different kernels', () => {
  const model = build({ ...SMALL, filters: [3, 3] }, 1);
  const [first, second] = ['conv2d_1', 'conv2d_2'].map((name) => [
    ...(model.getLayer(name).getWeights()[0] as tf.Tensor).dataSync(),
  ]);
  expect(first).toHaveLength(3 * 3 * 3 * 3);
  expect(first).not.toEqual(second);
});

test('kernels are spread evenly within the glorot limit and biases are zero', () => {
  const model = build({ ...SMALL, dense: 64, dropout: 0 }, 3);
  const [kernel, bias] = model
    .getLayer('dense_1')
    .getWeights()
    .map((weight) => weight.dataSync());
  const limit = Math.sqrt(6 / (4 + 64)); // 12 -> 10 -> 5 -> 3 -> 1 pixel of 4 channels
  const spread = [...(kernel ?? [])].reduce((sum, value) => sum + value * value, 0);
  // Glorot's normal numbers have the same variance but reach 1.15 of the limit.
  expect(Math.max(...(kernel ?? []))).toBeLessThanOrEqual(limit);
  expect(Math.max(...(kernel ?? []))).toBeGreaterThan(0.9 * limit);
  expect(spread / 256 / (limit * limit)).toBeCloseTo(1 / 3, 1);
  expect([...(bias ?? [])]).toEqual(new Array(64).fill(0));
});

test("he_normal is Keras's: the deviation of what is left after truncating is the root of 2 / inputs", () => {
  const model = build({ ...SMALL, imageSize: 22, filters: [8, 8], dense: 200, kernelInitializer: 'he_normal' }, 3);
  const deviation = (layer: string) => {
    const values = [...((model.getLayer(layer).getWeights()[0] as tf.Tensor).dataSync() as Float32Array)];
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    return { deviation: Math.sqrt(variance), largest: Math.max(...values) };
  };
  const expected = Math.sqrt(2 / (3 * 3 * 8));
  expect(deviation('conv2d_2').deviation / expected).toBeCloseTo(1, 1);
  expect(deviation('conv2d_2').largest).toBeLessThan((2 * expected) / 0.8796);
  expect(deviation('dense_1').deviation / Math.sqrt(2 / (4 * 4 * 8))) // 22 -> 20 -> 10 -> 8 -> 4 pixels
    .toBeCloseTo(1, 1.3);
  const limit = Math.sqrt(6 / (200 + 3)); // what ends in no relu stays Glorot's
  expect(deviation('dense_2').largest).toBeLessThan(limit);
});

test.each<Architecture>([
  SMALL,
  { ...SMALL, imageSize: 30, filters: [3, 5, 4], batchNormalization: true, kernelInitializer: 'he_normal' },
])('the initial kernels can be computed again without the network', async (architecture) => {
  const model = build(architecture, 7);
  const kernels = await initializeKernels(architecture, 7);
  expect([...kernels.keys()]).toEqual(architecture.filters.map((_, index) => `conv2d_${index + 1}`));
  for (const [name, values] of kernels) expect(values).toEqual(model.getLayer(name).getWeights()[0]?.dataSync());
  const others = await initializeKernels(architecture, 8);
  expect(others.get('conv2d_1')).not.toEqual(kernels.get('conv2d_1'));
});
