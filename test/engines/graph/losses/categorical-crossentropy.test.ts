import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { compileTrainingGraph } from '../../../../src/engines/graph/compile-training.js';
import { expectSameGradients, oneToThree } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

nativeTest("gradients are tfjs's, also for labels that do not sum to 1", () => {
  expectSameGradients(
    oneToThree,
    (units) => [
      tf.layers.dense({ units: 3, inputShape: [4] }),
      tf.layers.dense({ units: units + 1, activation: 'softmax' }),
    ],
    { loss: 'categoricalCrossentropy' },
  );
});

nativeTest('an evaluation sums losses, counts correct examples and gives the probabilities', () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 3, kernelInitializer: 'identity', activation: 'softmax', inputShape: [3] })],
  });
  const graph = compileTrainingGraph(model, {
    loss: 'categoricalCrossentropy',
    optimizer: { name: 'sgd', momentum: 0, nesterov: false },
  });
  const batch = {
    inputs: Float32Array.of(0, Math.log(2), 0, 100, 0, -100),
    size: 2,
    targets: Float32Array.of(0, 1, 0, 0, 0, 1),
  };
  const result = graph.evaluateBatch(batch);
  graph.dispose();
  // softmax: 1/4 1/2 1/4 and 1 0 0, where the right class has probability exp(-200)
  expect([...result.outputs].map((p) => Math.round(p * 1e6) / 1e6)).toEqual([0.25, 0.5, 0.25, 1, 0, 0]);
  expect(result.correctCount).toBe(1);
  expect(result.lossSum).toBeCloseTo(Math.log(2) + 200, 4);
});
