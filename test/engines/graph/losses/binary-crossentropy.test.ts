import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { compileTrainingGraph } from '../../../../src/engines/graph/compile-training.js';
import { expectSameGradients, oneToThree } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

nativeTest("gradients are tfjs's for any number of units, fractional labels and unequal weights", () => {
  expectSameGradients(oneToThree, (units) => [
    tf.layers.dense({ units: 3, inputShape: [4] }),
    tf.layers.dense({ units, activation: 'sigmoid' }),
  ]);
});

/** A network whose only unit's logit is its only input. */
function identityGraph() {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, kernelInitializer: 'ones', activation: 'sigmoid', inputShape: [1] })],
  });
  return compileTrainingGraph(model, {
    loss: 'binaryCrossentropy',
    optimizer: { name: 'sgd', momentum: 0, nesterov: false },
  });
}

nativeTest('the loss is exact where the probability is 0 or 1 in single precision', () => {
  const graph = identityGraph();
  // -log(1 - sigmoid(100)) = 100 + log(1 + exp(-100)); -log(sigmoid(-200)) = 200; -log(sigmoid(30)) = exp(-30)
  const losses = [
    [100, 0],
    [-200, 1],
    [30, 1],
  ].map(([input, target]) => {
    const batch = { inputs: Float32Array.of(input as number), size: 1, targets: Float32Array.of(target as number) };
    return graph.evaluateBatch(batch).lossSum;
  });
  graph.dispose();
  expect(losses.slice(0, 2)).toEqual([100, 200]);
  expect(losses[2] as number).toBeCloseTo(Math.exp(-30), 18);
});

nativeTest('an evaluation sums weighted losses, counts correct examples and gives the probabilities', () => {
  const graph = identityGraph();
  const batch = {
    inputs: Float32Array.of(0, Math.log(3), -Math.log(3), Math.log(3)),
    size: 4,
    targets: Float32Array.of(1, 1, 1, 0.4),
    sampleWeights: Float32Array.of(1, 2, 1, 0),
  };
  const result = graph.evaluateBatch(batch);
  graph.dispose();
  // p = .5, .75, .25, .75: right is where p and the label lie on the same side of .5, and .5 itself counts as below.
  expect([...result.outputs].map((p) => Math.round(p * 1e6) / 1e6)).toEqual([0.5, 0.75, 0.25, 0.75]);
  expect(result.correctCount).toBe(1);
  expect(result.lossSum).toBeCloseTo(-Math.log(0.5) - 2 * Math.log(0.75) - Math.log(0.25), 5);
});
