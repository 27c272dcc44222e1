import { expect } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { createRandom } from '../../../src/base/random.js';
import type { TrainingConfig } from '../../../src/engines/contract/training-config.js';
import { compileTrainingGraph } from '../../../src/engines/graph/compile-training.js';
import { articleNetwork } from '../../helpers/article-network.js';
import { nativeTest } from '../../helpers/native.js';

const RMSPROP: TrainingConfig = {
  loss: 'binaryCrossentropy',
  optimizer: { name: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 },
};

const uniform = (length: number, seed: number) => {
  const random = createRandom(seed, 'sample');
  return Float32Array.from({ length }, random);
};

nativeTest('losses are those of trainOnBatch: 1e-5 over 3 steps, 2e-3 over 20', async () => {
  const model = articleNetwork(64);
  const graph = compileTrainingGraph(model, RMSPROP);
  model.compile({ optimizer: tf.train.rmsprop(1e-4), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const size = 20;
  const inputs = uniform(size * 64 * 64 * 3, 1);
  const targets = uniform(size, 2).map(Math.round);
  const x = tf.tensor4d(inputs, [size, 64, 64, 3]);
  const y = tf.tensor2d(targets, [size, 1]);
  const differences: number[] = [];
  const accuracies: [number, number][] = [];
  for (let step = 0; step < 20; step++) {
    const result = graph.trainStep({ inputs, size, targets }, { learningRate: 1e-4, seed: 1, step });
    const [loss, accuracy] = (await model.trainOnBatch(x, y)) as [number, number];
    differences.push(Math.abs(result.loss - loss));
    accuracies.push([result.correctCount, Math.round(accuracy * size)]);
  }
  graph.dispose();
  tf.dispose([x, y]);
  expect(Math.max(...differences.slice(0, 3))).toBeLessThan(1e-5);
  expect(Math.max(...differences)).toBeLessThan(2e-3);
  expect(accuracies.map(([graphCount]) => graphCount)).toEqual(accuracies.map(([, tfjsCount]) => tfjsCount));
});
