import { describe, expect } from 'vitest';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { toInputTensor } from '../../src/engines/contract/input-tensor.js';
import type { TrainingConfig } from '../../src/engines/contract/training-config.js';
import { compileTrainingGraph } from '../../src/engines/graph/compile-training.js';
import { apply, conv, finish, input, NETWORKS } from '../helpers/branching-networks.js';
import { graphEngine, graphScores, layersEngine, layersScores } from '../helpers/engines.js';
import {
  modelGradientDifference,
  randomBatch,
  randomizeWeights,
  relativeDifference,
  uniform,
} from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';

// Networks that branch and share layers, in one TensorFlow graph: tfjs-layers, op by op, is the oracle.

const SGD: TrainingConfig = {
  loss: 'binaryCrossentropy',
  optimizer: { name: 'sgd', momentum: 0, nesterov: false },
};

const sizeOf = (model: tf.LayersModel) => tf.util.sizeFromShape(model.inputs[0]?.shape.slice(1) as number[]);

describe.each(Object.entries(NETWORKS))('%s', (name, build) => {
  nativeTest("the gradients of all weights are tfjs's", () => {
    for (const seed of [1, 2, 3]) expect(modelGradientDifference(build(), seed)).toBeLessThan(1e-5);
  });

  nativeTest("losses and weights over five steps are trainOnBatch's, and so is the evaluation", async () => {
    const model = randomizeWeights(build(), 4);
    const graph = compileTrainingGraph(model, SGD);
    model.compile({ optimizer: tf.train.sgd(0.05), loss: 'binaryCrossentropy' });
    const { sampleWeights: _, ...batch } = randomBatch(model, 4, 5);
    const shape = model.inputs[0]?.shape.slice(1) as number[];
    const [x, y] = [toInputTensor(batch.inputs, [4, ...shape]), tf.tensor2d(batch.targets, [4, 1])];
    for (let step = 0; step < 5; step++) {
      const { loss } = graph.trainStep(batch, { learningRate: 0.05, seed: 1, step });
      expect(loss).toBeCloseTo((await model.trainOnBatch(x, y)) as number, 5);
    }
    const { weights } = graph.readState();
    const differences = model.weights.map((weight, index) =>
      relativeDifference(weights[index]?.values as Float32Array, weight.read().dataSync<'float32'>()),
    );
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    const outputs = (model.predictOnBatch(x) as tf.Tensor).dataSync<'float32'>();
    expect(relativeDifference(graph.evaluateBatch(batch).outputs, outputs)).toBeLessThan(1e-5);
    graph.dispose();
  });

  nativeTest('every call of a layer gives what tfjs gives, and its channels are measured', async () => {
    const model = randomizeWeights(build(), 6);
    const [graph, layers] = [graphEngine(model), layersEngine(model)];
    const names = layers.layers.map(({ name: each }) => each);
    expect(graph.layers).toEqual(layers.layers);
    const batch = uniform(3 * sizeOf(model), 7);
    const [actual, expected] = [await graph.run(batch, 3, names), await layers.run(batch, 3, names)];
    expect(actual.map(({ name: own, shape }) => [own, shape])).toEqual(
      expected.map(({ name: own, shape }) => [own, shape]),
    );
    for (const [index, { name: own, values }] of actual.entries()) {
      expect(relativeDifference(values, expected[index]?.values as Float32Array), own).toBeLessThan(1e-5);
      // one alone, so that TensorFlow may merge what is before it
      const [alone] = await graph.run(batch, 3, [own]);
      expect(relativeDifference(alone?.values as Float32Array, values), own).toBeLessThan(1e-5);
    }
    for (const [name, values] of runByTfjs(model, batch, 3)) {
      expect(relativeDifference(expected[names.indexOf(name)]?.values as Float32Array, values), name).toBeLessThan(
        1e-6,
      );
    }
    const [means, oracle] = await Promise.all([graph, layers].map((engine) => engine.measure(batch, 3, names)));
    for (const [index, { means: own }] of (means ?? []).entries()) {
      expect(relativeDifference(own, oracle?.[index]?.means as Float32Array)).toBeLessThan(1e-5);
    }
    graph.dispose();
  });

  nativeTest("scores and their gradients for every layer are tfjs's", async () => {
    const model = randomizeWeights(build(), 8);
    const [graph, layers] = [graphScores(model), layersScores(model)];
    expect(graph.layers).toEqual(layers.layers);
    expect(graph.layers.length).toBeGreaterThan(3);
    const image = uniform(sizeOf(model), 9);
    const [own, tfjs] = [await graph.computeScores(image), await layers.computeScores(image)];
    expect(relativeDifference(own.scores, tfjs.scores)).toBeLessThan(1e-5);
    expect(relativeDifference(own.outputs, tfjs.outputs)).toBeLessThan(1e-5);
    for (const { name: layer } of layers.layers) {
      const [a, b] = [
        await graph.differentiate(image, layer, Float32Array.of(-1)),
        await layers.differentiate(image, layer, Float32Array.of(-1)),
      ];
      expect(relativeDifference(a.gradient, b.gradient), `${name} ${layer}`).toBeLessThan(1e-5);
      expect(relativeDifference(a.output.values, b.output.values), layer).toBeLessThan(1e-5);
    }
  });
});

/** What tfjs itself gives for every layer that is called once, and so can be named to it. */
function runByTfjs(model: tf.LayersModel, batch: Float32Array, size: number): Map<string, Float32Array> {
  const once = model.layers.filter((layer) => layer.inboundNodes.length === 1 && layer.getClassName() !== 'InputLayer');
  const outputs = once.map((layer) => layer.output as tf.SymbolicTensor);
  const x = toInputTensor(batch, [size, ...((model.inputs[0] as tf.SymbolicTensor).shape.slice(1) as number[])]);
  const results = tf.model({ inputs: model.inputs, outputs }).predictOnBatch(x) as tf.Tensor[];
  return new Map(results.map((result, index) => [once[index]?.name as string, result.dataSync<'float32'>()]));
}

nativeTest('a layer that only passes on has the gradient of its own branch', async () => {
  const from = input(4, 4, 2);
  const maps = apply(conv('maps'), from);
  const dropped = apply(tf.layers.dropout({ name: 'dropped', rate: 0.5 }), maps);
  const linear = apply(tf.layers.activation({ name: 'linear', activation: 'linear' }), dropped);
  const model = finish(from, apply(tf.layers.add({ name: 'sum' }), maps, linear));
  const [graph, layers] = [graphScores(randomizeWeights(model, 3)), layersScores(model)];
  const image = uniform(32, 4);
  const gradients = new Map<string, Float32Array>();
  for (const name of ['maps', 'dropped', 'linear', 'sum']) {
    const { gradient } = await graph.differentiate(image, name, Float32Array.of(1));
    gradients.set(name, gradient);
    const expected = await layers.differentiate(image, name, Float32Array.of(1));
    expect(relativeDifference(gradient, expected.gradient), name).toBeLessThan(1e-6);
  }
  const [all, branch] = [gradients.get('maps'), gradients.get('dropped')] as [Float32Array, Float32Array];
  expect(
    relativeDifference(
      all,
      branch.map((value) => 2 * value),
    ),
  ).toBeLessThan(1e-6);
});

nativeTest('frozen layers are not changed, and the others train as in tfjs', () => {
  const build = () =>
    tf.sequential({
      layers: [
        conv('base', 3, { inputShape: [5, 5, 2], trainable: false }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        conv('head', 4),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, activation: 'sigmoid', name: 'last' }),
      ],
    });
  expect(modelGradientDifference(build(), 5)).toBeLessThan(1e-5);
  const model = randomizeWeights(build(), 6);
  const graph = compileTrainingGraph(model, SGD);
  const before = graph.readState().weights;
  graph.trainStep(randomBatch(model, 3, 2), { learningRate: 0.1, seed: 1, step: 0 });
  const changed = graph
    .readState()
    .weights.filter(({ values }, index) => !values.every((value, at) => value === before[index]?.values[at]));
  expect(changed.map(({ name }) => name)).toEqual(['head/kernel', 'head/bias', 'last/kernel', 'last/bias']);
  graph.dispose();
});
