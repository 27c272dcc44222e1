import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { BackendName } from '../../src/backend/tfjs/backend.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { Trainer, TrainerBatch } from '../../src/engines/contract/trainer.js';
import type { OptimizerConfig, TrainingConfig } from '../../src/engines/contract/training-config.js';
import { GraphTrainer } from '../../src/engines/graph/train.js';
import { LayersTrainer } from '../../src/engines/tfjs/train.js';
import { buildModel } from '../../src/network/build.js';
import { nativeTest } from '../helpers/native.js';

interface KerasCase {
  name: 'rmsprop' | 'adam' | 'sgd';
  classes: number;
  /** of `fit`; absent: none were given */
  classWeights?: number[];
  weights: string[];
  inputs: string;
  targets: string;
  outputs: string;
  losses: number[];
  trained: string[];
}

// Made by scripts/training.py: Keras itself is the oracle.
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/training.json', import.meta.url), 'utf8')) as {
  cases: KerasCase[];
};

// tolerance: of the weights after three steps, each of which can move them by the learning rate. Adam adds epsilon to the
// root of the corrected moment, as its paper, tfjs and PyTorch do, Keras to that of the moment itself: where a gradient is
// near epsilon the two differ. The rest is rounding.
const optimizers: Record<KerasCase['name'], { config: OptimizerConfig; learningRate: number; tolerance: number }> = {
  rmsprop: {
    config: { name: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 },
    learningRate: 1e-2,
    tolerance: 2e-4,
  },
  adam: {
    config: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    learningRate: 1e-2,
    tolerance: 2e-3,
  },
  sgd: { config: { name: 'sgd', momentum: 0, nesterov: false }, learningRate: 1e-1, tolerance: 1e-5 },
};

const engines: [string, BackendName, (model: tf.LayersModel, config: TrainingConfig) => Trainer][] = [
  ['the graph on native', 'native', (model, config) => new GraphTrainer(model, config)],
  ['tfjs-layers on native', 'native', (model, config) => new LayersTrainer(model, config)],
  ['tfjs-layers on wasm', 'wasm', (model, config) => new LayersTrainer(model, config)],
  ['tfjs-layers on cpu', 'cpu', (model, config) => new LayersTrainer(model, config)],
];

function unpack(base64: string): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer);
}

function largestDifference(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Number.NaN;
  return actual.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (expected[index] as number))), 0);
}

function weighExamples({ classes, classWeights }: KerasCase, targets: Float32Array): Float32Array | undefined {
  if (classWeights === undefined) return undefined;
  const units = classes === 2 ? 1 : classes;
  return Float32Array.from({ length: targets.length / units }, (_, example) => {
    const row = targets.subarray(example * units, (example + 1) * units);
    return classWeights[classes === 2 ? (row[0] as number) : row.indexOf(1)] as number;
  });
}

function buildKerasModel({ classes, weights }: KerasCase): tf.LayersModel {
  const model = buildModel({ imageSize: 14, filters: [3, 4], dense: 5, dropout: 0, classCount: classes }, 1);
  tf.tidy(() => {
    model.setWeights(model.getWeights().map(({ shape }, index) => tf.tensor(unpack(weights[index] as string), shape)));
  });
  return model;
}

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0).reverse()) one.dispose();
});

describe.each(engines)('%s', (_, backend, open_) => {
  const engineTest = backend === 'native' ? nativeTest : test;
  engineTest.for(cases)(
    '$name, $classes classes, weights $classWeights: outputs, losses and weights are those of Keras',
    async (oracle) => {
      await selectBackend(backend);
      const model = buildKerasModel(oracle);
      const { config, learningRate } = optimizers[oracle.name];
      const loss = oracle.classes === 2 ? 'binaryCrossentropy' : 'categoricalCrossentropy';
      const trainer = open_(model, { loss, optimizer: config });
      open.push(model, trainer);
      const targets = unpack(oracle.targets);
      const sampleWeights = weighExamples(oracle, targets);
      const batch: TrainerBatch = {
        ...{ inputs: unpack(oracle.inputs), size: 6, targets },
        ...(sampleWeights === undefined ? {} : { sampleWeights }),
      };

      const before = await trainer.evaluateBatch(batch);
      expect(largestDifference(before.outputs, unpack(oracle.outputs))).toBeLessThan(1e-5);
      expect(Math.abs(before.lossSum / 6 - (oracle.losses[0] as number))).toBeLessThan(1e-5);

      for (const [step, expected] of oracle.losses.entries()) {
        const result = await trainer.trainStep(batch, { learningRate, seed: 1, step });
        expect(Math.abs(result.loss - expected)).toBeLessThan(1e-5);
      }
      await trainer.updateModel();
      const trained = model.getWeights().map((weight) => weight.dataSync<'float32'>());
      const differences = trained.map((values, index) =>
        largestDifference(values, unpack(oracle.trained[index] as string)),
      );
      expect(Math.max(...differences)).toBeLessThan(optimizers[oracle.name].tolerance);
    },
  );
});
