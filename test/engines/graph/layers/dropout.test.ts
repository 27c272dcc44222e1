import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { compileTrainingGraph } from '../../../../src/engines/graph/compile-training.js';
import type { TrainingGraph } from '../../../../src/engines/graph/training-graph.js';
import { nativeTest } from '../../../helpers/native.js';

const UNITS = 2000;
const ones = new Float32Array(UNITS).fill(1);

/** input -> x 1 + bias 0 -> dropout (twice) -> sum: the gradient of each of the first biases tells what was dropped. */
function compileDropout(rates: number[]): TrainingGraph {
  const model = tf.sequential({
    layers: [
      tf.layers.batchNormalization({ inputShape: [UNITS], name: 'first' }),
      ...rates.map((rate, index) => tf.layers.dropout({ rate, name: `dropout_${index}` })),
      tf.layers.dense({ units: 1, kernelInitializer: 'ones', activation: 'sigmoid', name: 'last' }),
    ],
  });
  return compileTrainingGraph(model, {
    loss: 'binaryCrossentropy',
    optimizer: { name: 'sgd', momentum: 0, nesterov: false },
  });
}

/** What each value was multiplied by, as the gradient for the dropout's input has it. */
function factors(graph: TrainingGraph, seed: number, step: number): number[] {
  const batch = { inputs: ones, size: 1, targets: Float32Array.of(0.5) };
  const gradients = graph.computeGradients({ ...batch, targets: Float32Array.of(0) }, { learningRate: 0, seed, step });
  const atOutput = gradients.get('last/bias')?.[0] as number;
  return [...(gradients.get('first/beta') as Float32Array)].map((value) => value / atOutput);
}

nativeTest('drops each value with its probability and makes up for it by the others', () => {
  const graph = compileDropout([0.25]);
  const values = factors(graph, 1, 0);
  graph.dispose();
  const dropped = values.filter((value) => value === 0).length;
  // Standard deviation sqrt(2000 * .25 * .75) = 19.4; five of them never happen by chance.
  expect(Math.abs(dropped - 500)).toBeLessThan(97);
  const rest = values.filter((value) => value !== 0);
  expect(Math.max(...rest.map((value) => Math.abs(value - 4 / 3)))).toBeLessThan(1e-5);
});

nativeTest('what is dropped is a function of the seed and the step', () => {
  const graph = compileDropout([0.5]);
  const first = factors(graph, 1, 0);
  expect(factors(graph, 1, 0)).toEqual(first);
  expect(factors(graph, 1, 1)).not.toEqual(first);
  expect(factors(graph, 2, 0)).not.toEqual(first);
  expect(factors(graph, 4_000_000_000, 0)).not.toEqual(first);
  graph.dispose();
});

nativeTest('two layers drop independently', () => {
  const graph = compileDropout([0.5, 0.5]);
  const kept = factors(graph, 1, 0).filter((value) => value !== 0);
  graph.dispose();
  // a quarter of 2000 survives both, standard deviation 19.4
  expect(Math.abs(kept.length - 500)).toBeLessThan(97);
});

nativeTest('the forward pass drops the same values as the gradient, and evaluation none', () => {
  const graph = compileDropout([0.5]);
  // beta = 1 and gamma = 0: every value is 1 before dropout, so the logit is the sum of the factors.
  const state = graph.readState();
  for (const { name, values } of state.weights) {
    if (name === 'first/gamma') values.fill(0);
    if (name === 'first/beta') values.fill(1);
    if (name === 'last/kernel') values.fill(1e-3);
  }
  graph.writeState(state);
  const batch = { inputs: ones, size: 1, targets: Float32Array.of(0) };
  const gradients = graph.computeGradients(batch, { learningRate: 0, seed: 3, step: 9 });
  const kernelGradient = [...(gradients.get('last/kernel') as Float32Array)];
  const betaGradient = [...(gradients.get('first/beta') as Float32Array)];
  expect(kernelGradient.map((value) => value === 0)).toEqual(betaGradient.map((value) => value === 0));
  expect(graph.evaluateBatch(batch).outputs[0]).toBeCloseTo(1 / (1 + Math.exp(-UNITS * 1e-3)), 5);
  graph.dispose();
});
