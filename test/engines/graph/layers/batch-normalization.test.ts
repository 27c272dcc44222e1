import fc from 'fast-check';
import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { toInputTensor } from '../../../../src/engines/contract/input-tensor.js';
import type { TrainingConfig } from '../../../../src/engines/contract/training-config.js';
import { compileTrainingGraph } from '../../../../src/engines/graph/compile-training.js';
import {
  aroundMaps,
  aroundUnits,
  expectSameGradients,
  mapSize,
  oneToThree,
  randomBatch,
  randomModel,
  relativeDifference,
} from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

const CONFIG: TrainingConfig = {
  loss: 'binaryCrossentropy',
  optimizer: { name: 'sgd', momentum: 0, nesterov: false },
};
const settings = { learningRate: 0.1, seed: 1, step: 0 };

nativeTest("gradients are tfjs's for maps and for units", () => {
  expectSameGradients(mapSize, (size) => aroundMaps(size, [tf.layers.batchNormalization()]));
  expectSameGradients(oneToThree, (units) => aroundUnits(units, [tf.layers.batchNormalization({ epsilon: 0.1 })]));
});

nativeTest.each([
  ['without scale', { scale: false }],
  ['without center', { center: false }],
  ['without either', { scale: false, center: false }],
] as const)('%s the gradients are those with scale 1 and center 0', (_, options) => {
  // tfjs cannot train such a layer itself.
  const gradients = [options, {}].map((config) => {
    const size = { height: 5, width: 4, channels: 3 };
    const model = randomModel(aroundMaps(size, [tf.layers.batchNormalization({ ...config, name: 'bn' })]), 3);
    for (const weight of model.weights) {
      const value = weight.originalName.endsWith('/gamma') ? 1 : 0;
      if (/(gamma|beta)$/.test(weight.originalName)) weight.write(tf.fill(weight.shape as number[], value));
      else weight.write(tf.add(tf.fill(weight.shape as number[], 0.25), tf.range(0, weight.shape.at(-1) as number)));
    }
    const graph = compileTrainingGraph(model, CONFIG);
    const result = [...graph.computeGradients(randomBatch(model, 3, 1), settings)];
    graph.dispose();
    return result.filter(([name]) => !name.startsWith('bn/')).map(([, values]) => values);
  });
  const [without, withBoth] = gradients as [Float32Array[], Float32Array[]];
  expect(without.length).toBe(3);
  const differences = without.map((values, index) => relativeDifference(values, withBoth[index] as Float32Array));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
});

nativeTest("the moving averages are tfjs's", () => {
  fc.assert(
    fc.property(mapSize, fc.integer({ min: 1, max: 3 }), (size, examples) => {
      const model = randomModel(aroundMaps(size, [tf.layers.batchNormalization({ momentum: 0.6 })]), 7);
      const batch = randomBatch(model, examples, 5);
      const graph = compileTrainingGraph(model, CONFIG);
      graph.trainStep(batch, settings);
      const actual = graph.readState().weights;
      graph.dispose();
      // tfjs moves its averages as a side effect of a forward pass in training.
      tf.tidy(() => {
        model.apply(toInputTensor(batch.inputs, [examples, size.height, size.width, 2]), { training: true });
      });
      const moving = model.weights.filter(({ originalName }) => originalName.includes('moving'));
      const differences = moving.map((weight) => {
        const values = actual.find(({ name }) => name === weight.originalName)?.values as Float32Array;
        return relativeDifference(values, weight.read().dataSync<'float32'>());
      });
      model.dispose();
      expect(moving.length).toBe(2);
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    }),
    { numRuns: 20 },
  );
});
