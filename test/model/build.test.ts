import { afterEach, beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tensors.js';
import type { Architecture } from '../../src/model/architecture.js';
import { planLayers } from '../../src/model/architecture.js';
import { buildModel } from '../../src/model/build.js';
import { describeModel } from '../../src/model/describe.js';

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

test.each([SMALL, { imageSize: 150, filters: [32, 64, 128, 128], dense: 512, dropout: 0, classCount: 2 }])(
  'the built network is the planned one',
  (architecture) => {
    const plan = planLayers(architecture);
    const { layers, parameterCount, trainableParameterCount } = describeModel(build(architecture, 1));
    expect(layers).toEqual(
      plan.map(({ name, kind, outputShape, parameterCount }) => ({ name, kind, outputShape, parameterCount })),
    );
    expect(parameterCount).toBe(plan.reduce((sum, layer) => sum + layer.parameterCount, 0));
    expect(trainableParameterCount).toBe(parameterCount);
  },
);

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
