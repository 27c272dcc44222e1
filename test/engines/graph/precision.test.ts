import { describe, expect } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { readPlan } from '../../../src/engines/contract/network-plan.js';
import type { Precision } from '../../../src/engines/contract/precision.js';
import type { TrainingConfig } from '../../../src/engines/contract/training-config.js';
import { compileTrainingGraph } from '../../../src/engines/graph/compile-training.js';
import { compileEngine } from '../../../src/engines/graph/engine.js';
import type { TrainingGraph } from '../../../src/engines/graph/training-graph.js';
import { bfloat16Test } from '../../helpers/bfloat16.js';
import { randomBatch, randomModel, relativeDifference } from '../../helpers/gradients.js';

// bfloat16 has 8 significant bits: 1 + 2^-7 is the next number after 1, and rounding changes a number by at most 2^-9 of it.
const ROUNDING = 2 ** -9;

const sgd = (change: Partial<TrainingConfig> = {}): TrainingConfig => ({
  loss: 'binaryCrossentropy',
  optimizer: { name: 'sgd', momentum: 0, nesterov: false },
  ...change,
});

/** A network of one layer before its end, with weights of one value each. */
function oneConvolution(channels: number, weight: number, bias = 0): tf.Sequential {
  const layer = tf.layers.conv2d({ inputShape: [1, 1, channels], filters: 1, kernelSize: 1 });
  const model = tf.sequential({ layers: [layer] });
  layer.setWeights([tf.fill([1, 1, channels, 1], weight), tf.tensor1d([bias])]);
  return model;
}

async function runLast(model: tf.LayersModel, input: Float32Array, precision: Precision): Promise<Float32Array> {
  const plan = readPlan(model);
  const engine = compileEngine(model, plan, ['run'], precision);
  const [output] = await engine.run(input, 1, plan.layers.slice(-1));
  engine.dispose();
  return output?.values as Float32Array;
}

bfloat16Test('what a convolution gets and its weights are rounded, to even where two numbers are as near', async () => {
  const inputs = Float32Array.of(1);
  expect(await runLast(oneConvolution(1, 1 + 2 ** -8), inputs, 'bfloat16')).toEqual(Float32Array.of(1));
  expect(await runLast(oneConvolution(1, 1 + 3 * 2 ** -8), inputs, 'bfloat16')).toEqual(Float32Array.of(1 + 2 ** -6));
  expect(await runLast(oneConvolution(1, 1 + 2 ** -8), inputs, 'float32')).toEqual(Float32Array.of(1 + 2 ** -8));
  const unrounded = Float32Array.of(1 + 2 ** -8 + 2 ** -12);
  expect(await runLast(oneConvolution(1, 1), unrounded, 'bfloat16')).toEqual(Float32Array.of(1 + 2 ** -7));
});

bfloat16Test('its sums are float32: in bfloat16 they would stay at 256', async () => {
  const inputs = new Float32Array(512).fill(1);
  expect(await runLast(oneConvolution(512, 1), inputs, 'bfloat16')).toEqual(Float32Array.of(512));
});

bfloat16Test('Dense layers, softmax and all that has no convolution before it are computed in float32', async () => {
  const model = randomModel(
    [
      tf.layers.maxPooling2d({ inputShape: [4, 4, 3], poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 5, activation: 'relu' }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
    1,
  );
  const { inputs } = randomBatch(model, 1, 1);
  const [low, full] = [
    await runLast(model, inputs as Float32Array, 'bfloat16'),
    await runLast(model, inputs as Float32Array, 'float32'),
  ];
  expect(low).toEqual(full);
});

const input = { inputShape: [9, 9, 3] };
const ends = [tf.layers.flatten, () => tf.layers.dense({ units: 1, activation: 'sigmoid' })] as const;
const sequence = (...layers: tf.layers.Layer[]) => randomModel([...layers, ...ends.map((end) => end())], 3);

/** Networks by the kinds of layers in them that are computed in bfloat16. */
const NETWORKS: Record<string, () => tf.LayersModel> = {
  'convolution, bias, relu, pooling': () =>
    sequence(
      tf.layers.conv2d({ ...input, filters: 4, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 3, kernelSize: 2, activation: 'relu' }),
    ),
  'batch normalization, dropout': () =>
    sequence(
      tf.layers.conv2d({ ...input, filters: 4, kernelSize: 3, useBias: false }),
      tf.layers.batchNormalization(),
      tf.layers.activation({ activation: 'relu' }),
      tf.layers.dropout({ rate: 0.25 }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
    ),
  'other activations': () =>
    sequence(
      ...['elu', 'tanh', 'sigmoid', 'selu', 'softplus', 'relu6'].map((activation) =>
        tf.layers.conv2d({ ...input, filters: 3, kernelSize: 1, activation: activation as 'elu' }),
      ),
      tf.layers.leakyReLU({ alpha: 0.2 }),
    ),
  'channel by channel': () =>
    sequence(
      tf.layers.depthwiseConv2d({ ...input, kernelSize: 3, depthMultiplier: 2 }),
      tf.layers.separableConv2d({ filters: 3, kernelSize: 3 }),
    ),
  'transposed, padded, cropped, reshaped': () =>
    sequence(
      tf.layers.zeroPadding2d({ ...input, padding: 1 }),
      tf.layers.conv2dTranspose({ filters: 3, kernelSize: 2, strides: 2 }),
      tf.layers.cropping2D({ cropping: 2 }),
      tf.layers.conv2d({ filters: 2, kernelSize: 5 }),
      tf.layers.reshape({ targetShape: [14 * 14, 2] }),
    ),
  'branches that meet': () => {
    const image = tf.input({ shape: [9, 9, 3] });
    const convolve = (x: tf.SymbolicTensor) =>
      tf.layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same' }).apply(x) as tf.SymbolicTensor;
    const first = convolve(image);
    const sum = tf.layers.add().apply([first, convolve(first), image]) as tf.SymbolicTensor;
    const both = tf.layers.concatenate().apply([sum, convolve(first)]) as tf.SymbolicTensor;
    const end = tf.sequential({ layers: [tf.layers.globalAveragePooling2d({ inputShape: [9, 9, 6] })] });
    const scores = tf.layers.dense({ units: 1, activation: 'sigmoid' }).apply(end.apply(both) as tf.SymbolicTensor);
    return tf.model({ inputs: image, outputs: scores as tf.SymbolicTensor });
  },
};

describe.each(Object.entries(NETWORKS))('%s', (_, build) => {
  const withBoth = (use: (graph: TrainingGraph) => Float32Array[]) => {
    const model = build();
    return (['bfloat16', 'float32'] as const).map((precision) => {
      const graph = compileTrainingGraph(model, sgd(), precision);
      try {
        return use(graph);
      } finally {
        graph.dispose();
      }
    }) as [Float32Array[], Float32Array[]];
  };

  // Some twenty roundings on the way there and back, their errors added up as if all had the same sign.
  const atMost = 20 * ROUNDING;

  bfloat16Test('gradients are those of float32 but for rounding', () => {
    const batch = randomBatch(build(), 4, 5);
    const [low, full] = withBoth((graph) => [
      ...graph.computeGradients(batch, { learningRate: 0, seed: 1, step: 0 }).values(),
    ]);
    for (const [index, expected] of full.entries()) {
      expect(relativeDifference(low[index] as Float32Array, expected)).toBeLessThan(atMost);
    }
    expect(low).not.toEqual(full);
  });

  bfloat16Test('so are its outputs, in training and in validation', () => {
    const batch = randomBatch(build(), 4, 5);
    const [low, full] = withBoth((graph) => {
      const { loss } = graph.trainStep(batch, { learningRate: 0, seed: 1, step: 0 });
      return [Float32Array.of(loss), graph.evaluateBatch(batch).outputs];
    });
    expect(relativeDifference(low[0] as Float32Array, full[0] as Float32Array)).toBeLessThan(atMost);
    expect(relativeDifference(low[1] as Float32Array, full[1] as Float32Array)).toBeLessThan(atMost);
  });
});

const trained = () => NETWORKS['batch normalization, dropout']?.() as tf.LayersModel;

bfloat16Test('the gradient of a bias is a sum in float32: many numbers of one size do not get lost', () => {
  const model = sequence(
    tf.layers.conv2dTranspose({ inputShape: [100, 100, 1], filters: 1, kernelSize: 1, biasInitializer: 'zeros' }),
  );
  const batch = randomBatch(model, 2, 5);
  const [low, full] = (['bfloat16', 'float32'] as const).map((precision) => {
    const graph = compileTrainingGraph(model, sgd(), precision);
    const gradients = [...graph.computeGradients(batch, { learningRate: 0, seed: 1, step: 0 }).values()];
    graph.dispose();
    return gradients[1] as Float32Array;
  }) as [Float32Array, Float32Array];
  expect(relativeDifference(low, full)).toBeLessThan(20 * ROUNDING);
});

bfloat16Test('weights are kept in float32: steps too small for bfloat16 add up', () => {
  const model = trained();
  const graph = compileTrainingGraph(model, sgd(), 'bfloat16');
  const batch = randomBatch(model, 4, 5);
  const before = graph.readState().weights[0]?.values as Float32Array;
  const [gradient] = graph.computeGradients(batch, { learningRate: 0, seed: 1, step: 0 }).values();
  const learningRate = 2 ** -16;
  graph.trainStep(batch, { learningRate, seed: 1, step: 0 });
  const after = graph.readState().weights[0]?.values as Float32Array;
  graph.dispose();
  expect(after).toEqual(before.map((weight, index) => weight - learningRate * (gradient?.[index] as number)));
  expect(after).not.toEqual(before);
  expect(relativeDifference(after, before)).toBeLessThan(ROUNDING);
});

bfloat16Test('20 of 20 trainings that go on after some step end with the same bits', () => {
  const model = trained();
  const config = sgd({ optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, emaMomentum: 0.9 });
  const open = () => compileTrainingGraph(model, config, 'bfloat16');
  const batches = [1, 2, 3].map((seed) => randomBatch(model, 4, seed));
  const takeSteps = (graph: TrainingGraph, from: number, to: number) => {
    for (let step = from; step < to; step++) {
      graph.trainStep(batches[step % 3] as (typeof batches)[0], { learningRate: 1e-2, seed: 7, step });
    }
    return graph;
  };
  const whole = open();
  const states = Array.from({ length: 20 }, (_, step) => takeSteps(whole, step, step + 1).readState());
  const expected = takeSteps(whole, 20, 22).readState();
  whole.dispose();
  const resumed = open();
  for (const [index, state] of states.entries()) {
    resumed.writeState(state);
    expect(takeSteps(resumed, index + 1, 22).readState()).toEqual(expected);
  }
  resumed.dispose();
});
