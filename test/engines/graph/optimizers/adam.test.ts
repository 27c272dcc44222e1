import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { compileTrainingGraph } from '../../../../src/engines/graph/compile-training.js';
import { aroundUnits, randomBatch, randomModel } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';
import { optimizerDifference } from '../../../helpers/optimizer-steps.js';

// tfjs computes 1 - beta ^ step in single precision, so the betas here are sums of few powers of two.
const EXACT = { beta1: 0.875, beta2: 0.984375 };

nativeTest.each([1e-7, 1e-2])("steps are tfjs's with epsilon %d", (epsilon) => {
  const optimizer = tf.train.adam(1, EXACT.beta1, EXACT.beta2, epsilon);
  expect(optimizerDifference({ name: 'adam', ...EXACT, epsilon }, optimizer)).toBeLessThan(1e-5);
});

nativeTest('weight decay takes learning rate x decay off each kernel, besides, and nothing off biases', () => {
  const config = { optimizer: { name: 'adam', ...EXACT, epsilon: 1e-7 }, weightDecay: 0.3 } as const;
  const optimizer = tf.train.adam(1, EXACT.beta1, EXACT.beta2, 1e-7);
  const difference = optimizerDifference(config, optimizer, (before, rate) =>
    tf.mul(before, before.rank > 1 ? rate * 0.3 : 0),
  );
  expect(difference).toBeLessThan(1e-5);
});

nativeTest('the first step moves each weight by the learning rate, whatever its gradient', () => {
  const model = randomModel(aroundUnits(3, []), 5);
  const optimizer = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-12 } as const;
  const graph = compileTrainingGraph(model, { loss: 'binaryCrossentropy', optimizer });
  const before = graph.readState();
  graph.trainStep(randomBatch(model, 3, 1), { learningRate: 0.25, seed: 0, step: 0 });
  const after = graph.readState();
  graph.dispose();
  const moves = after.weights.flatMap(({ values }, index) =>
    [...values].map((value, at) => Math.abs(value - (before.weights[index]?.values[at] as number))),
  );
  expect(Math.max(...moves.map((move) => Math.abs(move - 0.25)))).toBeLessThan(1e-6);
  expect(after.slots.find(({ name }) => name === 'iterations')?.values[0]).toBe(1);
});
