import { expect } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import type { TrainingConfig } from '../../../src/engines/contract/training-config.js';
import type { TrainerState } from '../../../src/engines/contract/training-step.js';
import { compileTrainingGraph } from '../../../src/engines/graph/compile-training.js';
import { randomBatch, randomModel, relativeDifference } from '../../helpers/gradients.js';
import { nativeTest } from '../../helpers/native.js';

/** One layer of every kind that has weights, moving averages or randomness. */
const buildModel = () =>
  randomModel(
    [
      tf.layers.conv2d({ filters: 4, kernelSize: 3, useBias: false, inputShape: [9, 8, 2], name: 'conv' }),
      tf.layers.batchNormalization({ name: 'bn' }),
      tf.layers.activation({ activation: 'relu', name: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2, name: 'pool' }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dropout({ rate: 0.4, name: 'dropout' }),
      tf.layers.dense({ units: 1, activation: 'sigmoid', name: 'dense' }),
    ],
    11,
  );

type Rule = Omit<TrainingConfig, 'loss'>;

const compile = (rule: Rule) => {
  const model = buildModel();
  return { model, graph: compileTrainingGraph(model, { loss: 'binaryCrossentropy', ...rule }) };
};

const ADAM = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const RULES: Rule[] = [
  { optimizer: { name: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 } },
  { optimizer: { name: 'rmsprop', rho: 0.9, momentum: 0.5, epsilon: 1e-7 } },
  { optimizer: ADAM, weightDecay: 0.01, emaMomentum: 0.9 },
  { optimizer: { name: 'sgd', momentum: 0.9, nesterov: true }, weightDecay: 0.1 },
];

type Graph = ReturnType<typeof compile>['graph'];

function train(graph: Graph, model: tf.LayersModel, from: number, to: number): number[] {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    losses.push(graph.trainStep(randomBatch(model, 5, step), { learningRate: 0.01, seed: 42, step }).loss);
  }
  return losses;
}

const bytes = ({ weights, slots }: TrainerState) =>
  Buffer.concat(
    [...weights, ...slots].map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  );

nativeTest.each(RULES)('two runs with one seed give the same bytes: %o', (rule) => {
  const states = [1, 2].map(() => {
    const { model, graph } = compile(rule);
    train(graph, model, 0, 4);
    const state = graph.readState();
    graph.dispose();
    return state;
  });
  expect(bytes(states[0] as TrainerState).equals(bytes(states[1] as TrainerState))).toBe(true);
});

nativeTest.each(RULES)('a state that is read and written into another graph goes on to the same bytes: %o', (rule) => {
  const unbroken = compile(rule);
  train(unbroken.graph, unbroken.model, 0, 3);
  const state = unbroken.graph.readState();
  const expected = train(unbroken.graph, unbroken.model, 3, 6);

  const resumed = compile(rule);
  resumed.graph.writeState(state);
  expect(train(resumed.graph, resumed.model, 3, 6)).toEqual(expected);
  expect(bytes(resumed.graph.readState()).equals(bytes(unbroken.graph.readState()))).toBe(true);
  resumed.graph.dispose();
  unbroken.graph.dispose();
});

nativeTest('the state names weights in the order of getWeights, and the slots of trainable ones', () => {
  const { model, graph } = compile(RULES[0] as Rule);
  const { weights, slots } = graph.readState();
  expect(weights.map(({ name }) => name)).toEqual([
    'conv/kernel',
    'bn/gamma',
    'bn/beta',
    'dense/kernel',
    'dense/bias',
    'bn/moving_mean',
    'bn/moving_variance',
  ]);
  const expected = model.getWeights().map((weight) => [weight.shape, [...weight.dataSync()]]);
  expect(weights.map(({ shape, values }) => [shape, [...values]])).toEqual(expected);
  expect(slots.map(({ name }) => name)).toEqual(
    ['conv/kernel', 'bn/gamma', 'bn/beta', 'dense/kernel', 'dense/bias'].map((name) => `rms/${name}`),
  );
  graph.dispose();
});

nativeTest('a state of another network is refused and named', () => {
  const { graph } = compile(RULES[0] as Rule);
  const state = graph.readState();
  const first = state.weights[0] as TrainerState['weights'][number];
  expect(() => graph.writeState({ ...state, weights: state.weights.slice(1) })).toThrow(/"conv\/kernel" is missing/);
  first.shape = [3, 3, 4, 2];
  expect(() => graph.writeState(state)).toThrow(/conv\/kernel/);
  graph.dispose();
});

nativeTest('the loss of a step is the sum of weight x loss divided by the number of examples', () => {
  const { model, graph } = compile({ optimizer: { name: 'sgd', momentum: 0, nesterov: false } });
  const batch = randomBatch(model, 2, 1);
  const settings = { learningRate: 0, seed: 0, step: 0 };
  const lossWith = (first: number, second: number) =>
    graph.trainStep({ ...batch, sampleWeights: Float32Array.of(first, second) }, settings).loss;
  const [both, one, other] = [lossWith(1, 1), lossWith(1, 0), lossWith(0, 1)];
  expect(one + other).toBeCloseTo(both, 6);
  expect(lossWith(3, 0)).toBeCloseTo(3 * one, 5);
  const { sampleWeights: _, ...unweighted } = batch;
  expect(graph.trainStep(unweighted, settings).loss).toBe(both);
  graph.dispose();
});

nativeTest('evaluating changes nothing, and is done with the weights of the moment', () => {
  const { model, graph } = compile(RULES[0] as Rule);
  const batch = randomBatch(model, 3, 1);
  const before = bytes(graph.readState());
  const { outputs } = graph.evaluateBatch(batch);
  expect(bytes(graph.readState()).equals(before)).toBe(true);
  expect(graph.evaluateBatch(batch).outputs).toEqual(outputs);
  train(graph, model, 0, 2);
  expect(relativeDifference(graph.evaluateBatch(batch).outputs, outputs)).toBeGreaterThan(1e-3);
  graph.dispose();
});

nativeTest('steps, evaluations and states leave no tensors behind', () => {
  const { model, graph } = compile(RULES[0] as Rule);
  const before = tf.memory().numTensors;
  train(graph, model, 0, 3);
  graph.evaluateBatch(randomBatch(model, 3, 1));
  graph.writeState(graph.readState());
  expect(tf.memory().numTensors).toBe(before);
  graph.dispose();
});

const CONFIG: TrainingConfig = { loss: 'categoricalCrossentropy', optimizer: (RULES[0] as Rule).optimizer };

nativeTest.each([
  [
    'ends in sigmoid where the loss needs softmax',
    [tf.layers.dense({ units: 1, activation: 'sigmoid', inputShape: [2], name: 'last' })],
  ],
  [
    'has an unknown layer',
    [tf.layers.dense({ units: 2, inputShape: [2] }), tf.layers.gaussianNoise({ stddev: 1, name: 'last' })],
  ],
  [
    'has an output that is not flat',
    [tf.layers.conv2d({ filters: 2, kernelSize: 1, activation: 'softmax', inputShape: [2, 2, 1], name: 'last' })],
  ],
])('a network that %s is left to tfjs-layers, and the layer named', (_, layers) => {
  expect(() => compileTrainingGraph(tf.sequential({ layers }), CONFIG)).toThrow(
    expect.objectContaining({ name: 'UnsupportedByGraph', layer: 'last' }),
  );
});

nativeTest('a step leaves the model as it is, although the session begins with its very weights', () => {
  for (const rule of RULES) {
    const { model, graph } = compile(rule);
    const before = model.weights.map((weight) => weight.read().dataSync<'float32'>().slice());
    train(graph, model, 0, 2);
    for (const [index, weight] of model.weights.entries()) {
      expect(weight.read().dataSync<'float32'>(), weight.originalName).toEqual(before[index]);
    }
    graph.dispose();
  }
});
