import { afterEach, describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { BackendName } from '../../src/backend/tfjs/backend.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { Trainer } from '../../src/engines/contract/trainer.js';
import type { TrainingConfig } from '../../src/engines/contract/training-config.js';
import { decaysWeight, emaMomentumAt } from '../../src/engines/contract/training-config.js';
import { GraphTrainer } from '../../src/engines/graph/train.js';
import { LayersTrainer } from '../../src/engines/tfjs/train.js';
import { nativeTest } from '../helpers/native.js';

const engines: [string, BackendName, new (model: tf.LayersModel, config: TrainingConfig) => Trainer][] = [
  ['the graph', 'native', GraphTrainer],
  ['tfjs-layers on wasm', 'wasm', LayersTrainer],
  ['tfjs-layers on cpu', 'cpu', LayersTrainer],
];

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0).reverse()) one.dispose();
});

/** One number in, one probability out, all weights 0: the gradient of a positive example of value 1 is -1/2. */
function build(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.batchNormalization({ inputShape: [1], name: 'bn', momentum: 0.5 }),
      tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: 'zeros', name: 'dense' }),
    ],
  });
  open.push(model);
  return model;
}

const SGD = { name: 'sgd', momentum: 0, nesterov: false } as const;
const settings = (step: number) => ({ learningRate: 1, seed: 0, step });
// Normalized, 1 and 3 become -1 and 1, of which the larger is the positive one; mean 2, variance 1.
const batch = { inputs: Float32Array.of(1, 3), size: 2, targets: Float32Array.of(0, 1) };

function numbers(arrays: { name: string; values: Float32Array }[]): Record<string, number> {
  return Object.fromEntries(arrays.map(({ name, values }) => [name, values[0] as number]));
}

describe.each(engines)('%s', (_, backend, Engine) => {
  const engineTest = backend === 'native' ? nativeTest : test;

  engineTest('the weights are the average of those in training, moving averages too', async () => {
    await selectBackend(backend);
    const trainer = new Engine(build(), { loss: 'binaryCrossentropy', optimizer: SGD, emaMomentum: 0.9 });
    open.push(trainer);
    await trainer.trainStep(batch, settings(0));
    const { weights, slots } = await trainer.readState();
    // Step 1: the kernel's gradient is the mean of (p - y) x = -1/2, p being 1/2: the kernel becomes 1/2. The average keeps 1/10.
    const kernel = numbers(slots)['trained/dense/kernel'];
    expect(kernel).toBeCloseTo(0.5, 2); // epsilon of the normalization: 1e-3
    expect(numbers(weights)['dense/kernel']).toBeCloseTo(0.9 * (kernel as number), 6);
    expect(numbers(slots)['trained/bn/moving_mean']).toBeCloseTo(1, 6);
    expect(numbers(weights)['bn/moving_mean']).toBeCloseTo(0.9, 6);
    expect(numbers(weights)['bn/moving_variance']).toBeCloseTo(1, 6);

    // Evaluation is of the average: z = kernel (x - mean) / sqrt(variance + epsilon).
    const { outputs } = await trainer.evaluateBatch(batch);
    const logit = (x: number) => (0.9 * (kernel as number) * (x - 0.9)) / Math.sqrt(1.001);
    expect(outputs[0]).toBeCloseTo(1 / (1 + Math.exp(-logit(1))), 5);
    expect(outputs[1]).toBeCloseTo(1 / (1 + Math.exp(-logit(3))), 5);

    // Training goes on from the weights in training, not from the average; step 2 keeps 2/11.
    await trainer.trainStep(batch, settings(1));
    const after = await trainer.readState();
    const [trained, average] = [numbers(after.slots)['trained/dense/kernel'], numbers(after.weights)['dense/kernel']];
    const p = 1 / (1 + Math.exp(-(kernel as number) / Math.sqrt(1.001)));
    expect(trained).toBeCloseTo((kernel as number) + (1 - p) / Math.sqrt(1.001), 4);
    expect(average).toBeCloseTo((2 / 11) * 0.9 * (kernel as number) + (9 / 11) * (trained as number), 5);
  });

  engineTest('weight decay takes its share off kernels alone', async () => {
    await selectBackend(backend);
    const model = build();
    const trainer = new Engine(model, { loss: 'binaryCrossentropy', optimizer: SGD, weightDecay: 0.25 });
    open.push(trainer);
    const { slots, weights } = await trainer.readState();
    const set = weights.map((array) => ({ ...array, values: array.values.map(() => 1) }));
    await trainer.writeState({ slots, weights: set });
    const nothing = { ...batch, sampleWeights: new Float32Array(2) };
    await trainer.trainStep(nothing, { ...settings(0), learningRate: 0.5 });
    const after = numbers((await trainer.readState()).weights);
    expect(after['dense/kernel']).toBe(0.875);
    expect(after['dense/bias']).toBe(1);
  });
});

test('an average of few steps forgets its beginning soon', () => {
  expect([0, 1, 8].map((step) => emaMomentumAt(0.999, step))).toEqual([1 / 10, 2 / 11, 1 / 2]);
  expect(emaMomentumAt(0.999, 8_989)).toBeLessThan(0.999);
  expect(emaMomentumAt(0.999, 8_991)).toBe(0.999);
});

test('kernels decay, vectors do not', () => {
  expect([[3, 3, 3, 32], [512, 1], [32], []].map(decaysWeight)).toEqual([true, true, false, false]);
});
