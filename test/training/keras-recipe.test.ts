import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { BackendName } from '../../src/backend/tfjs/backend.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { Trainer } from '../../src/engines/contract/trainer.js';
import type { TrainingConfig } from '../../src/engines/contract/training-config.js';
import { GraphTrainer } from '../../src/engines/graph/train.js';
import { LayersTrainer } from '../../src/engines/tfjs/train.js';
import { buildModel } from '../../src/network/build.js';
import { encodeTargets } from '../../src/training/examples.js';
import { nativeTest } from '../helpers/native.js';

// Made by scripts/recipe_training.py: Keras's AdamW, label smoothing and batch normalization; the average by NumPy.
const oracle = JSON.parse(readFileSync(new URL('../fixtures/recipe-training.json', import.meta.url), 'utf8')) as {
  weightDecay: number;
  labelSmoothing: number;
  emaMomentum: number;
  learningRate: number;
  start: Record<string, string>;
  inputs: string;
  classIndexes: number[];
  losses: number[];
  trained: Record<string, string>;
  average: Record<string, string>;
  outputs: number[];
};

const engines: [string, BackendName, new (model: tf.LayersModel, config: TrainingConfig) => Trainer][] = [
  ['the graph on native', 'native', GraphTrainer],
  ['tfjs-layers on wasm', 'wasm', LayersTrainer],
  ['tfjs-layers on cpu', 'cpu', LayersTrainer],
];

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0).reverse()) one.dispose();
});

function unpack(base64: string | undefined): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(base64 ?? '', 'base64')).buffer);
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.NaN;
  return Array.from(actual, (value, at) => Math.abs(value - (expected[at] as number))).reduce((a, b) => Math.max(a, b));
}

function buildStart(): tf.LayersModel {
  const network = { imageSize: 14, filters: [3, 4], dense: 5, dropout: 0, batchNormalization: true, classCount: 2 };
  const model = buildModel(network, 1);
  for (const weight of model.weights) {
    tf.tidy(() => {
      weight.write(tf.tensor(unpack(oracle.start[weight.originalName]), weight.shape as number[]));
    });
  }
  return model;
}

for (const [name, backend, Engine] of engines) {
  const engineTest = backend === 'native' ? nativeTest : test;

  engineTest(`${name}: losses, weights, their average and its outputs are those of Keras`, async () => {
    await selectBackend(backend);
    const { weightDecay, emaMomentum, learningRate, labelSmoothing } = oracle;
    const optimizer = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-12 } as const;
    const model = buildStart();
    const trainer = new Engine(model, { loss: 'binaryCrossentropy', optimizer, weightDecay, emaMomentum });
    open.push(model, trainer);
    const targets = encodeTargets(Int32Array.from(oracle.classIndexes), 2, labelSmoothing);
    const batch = { inputs: unpack(oracle.inputs), size: 6, targets };

    for (const [step, expected] of oracle.losses.entries()) {
      const { loss } = await trainer.trainStep(batch, { learningRate, seed: 1, step });
      expect(Math.abs(loss - expected)).toBeLessThan(1e-5);
    }
    const { weights, slots } = await trainer.readState();
    expect(weights).toHaveLength(Object.keys(oracle.average).length);
    for (const { name, values } of weights) {
      expect(largestDifference(values, unpack(oracle.average[name])), name).toBeLessThan(2e-4);
    }
    for (const { name, values } of slots.filter((slot) => slot.name.startsWith('trained/'))) {
      const expected = unpack(oracle.trained[name.slice('trained/'.length)]);
      expect(largestDifference(values, expected), name).toBeLessThan(2e-4);
    }
    const { outputs } = await trainer.evaluateBatch(batch);
    expect(largestDifference(outputs, oracle.outputs)).toBeLessThan(1e-4);
  });
}
