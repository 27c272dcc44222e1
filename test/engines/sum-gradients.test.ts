import { describe, expect } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { readPlan } from '../../src/engines/contract/network-plan.js';
import type { Precision } from '../../src/engines/contract/precision.js';
import { type ScoreNetwork, scoresOf } from '../../src/engines/contract/scores.js';
import { compileEngine } from '../../src/engines/graph/engine.js';
import { NetworkEngine } from '../../src/engines/network-engine.js';
import { articleNetwork } from '../helpers/article-network.js';
import { bfloat16Test } from '../helpers/bfloat16.js';
import { layersScores } from '../helpers/engines.js';
import { randomizeWeights, randomModel, relativeDifference, uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';

const inputShape = [11, 9, 3];
const { conv2d, zeroPadding2d, depthwiseConv2d, conv2dTranspose } = tf.layers;
const convolve = (options: Partial<Parameters<typeof conv2d>[0]> = {}) =>
  conv2d({ filters: 4, kernelSize: 3, activation: 'relu', ...options });

const beginnings: [string, tf.layers.Layer[]][] = [
  ['one convolution', [convolve({ inputShape })]],
  ['strides and padding', [convolve({ inputShape, strides: [2, 2], padding: 'same' })]],
  ['two convolutions, linear', [convolve({ inputShape, activation: 'linear' }), convolve({ strides: 2 })]],
  ['a dilated convolution', [convolve({ inputShape, dilationRate: 2 })]],
  ['edges first', [zeroPadding2d({ inputShape, padding: 2 }), convolve()]],
  ['channel by channel', [depthwiseConv2d({ inputShape, kernelSize: 3, activation: 'relu' })]],
  ['a transposed convolution', [conv2dTranspose({ inputShape, filters: 4, kernelSize: 3, activation: 'relu' })]],
];

const branches: [string, (input: tf.SymbolicTensor) => tf.SymbolicTensor][] = [
  ['two convolutions get the image', (input) => add(convolve().apply(input), convolve().apply(input))],
  [
    'a convolution is called twice',
    (input) => {
      const shared = convolve({ filters: 3, padding: 'same' });
      return add(shared.apply(input), shared.apply(shared.apply(input)));
    },
  ],
  [
    'the image itself goes on beside a convolution',
    (input) => add(input, convolve({ filters: 3, padding: 'same' }).apply(input)),
  ],
  ['a batch normalization is first', (input) => chain(input, tf.layers.batchNormalization(), convolve())],
  ['a dense layer is first', (input) => chain(input, tf.layers.dense({ units: 4, activation: 'relu' }), convolve())],
];

type Connected = ReturnType<tf.layers.Layer['apply']>;

function add(...inputs: Connected[]): tf.SymbolicTensor {
  return tf.layers.add().apply(inputs as tf.SymbolicTensor[]) as tf.SymbolicTensor;
}

function chain(input: tf.SymbolicTensor, ...layers: tf.layers.Layer[]): tf.SymbolicTensor {
  return layers.reduce((tensor, layer) => layer.apply(tensor) as tf.SymbolicTensor, input);
}

const endsWith = (layers: tf.layers.Layer[]) =>
  randomModel([...layers, tf.layers.flatten(), tf.layers.dense({ units: 3, activation: 'softmax' })], 3);

const weights = Float32Array.of(0.5, -1, 2);

/** By one image after the other. */
async function addUp(network: ScoreNetwork, inputs: Float32Array, scoreWeights: Float32Array): Promise<Float32Array> {
  const size = network.inputShape.reduce((product, length) => product * length, 1);
  const sums = new Float64Array(size);
  for (let start = 0; start < inputs.length; start += size) {
    const image = inputs.slice(start, start + size);
    const { input } = await network.differentiateAll(image, { layerNames: [], input: true }, scoreWeights);
    for (const [at, value] of input.entries()) (sums[at] as number) += value;
  }
  return Float32Array.from(sums);
}

function openGraph(model: tf.LayersModel, precision: Precision = 'float32') {
  const plan = readPlan(model);
  return scoresOf(new NetworkEngine(plan, compileEngine(model, plan, ['score'], precision)));
}

describe('the sum of several images is that of each by itself', () => {
  nativeTest.each(beginnings)('in a network that begins with %s', async (name, layers) => {
    await selectBackend('native');
    const model = endsWith(layers);
    const images = uniform(3 * 11 * 9 * 3, 5);
    const graph = openGraph(model);
    const expected = await addUp(graph, images, weights);
    const before = tf.memory().numTensors;
    // tfjs has no gradient of dilated convolutions.
    for (const network of name.includes('dilated') ? [graph] : [graph, layersScores(model)]) {
      const sum = await network.sumGradients(images, weights);
      expect(sum).toHaveLength(expected.length);
      expect(relativeDifference(sum, expected)).toBeLessThan(1e-5);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  nativeTest.each(branches)('where %s', async (_, connect) => {
    await selectBackend('native');
    const input = tf.input({ shape: inputShape });
    const flat = tf.layers.flatten().apply(connect(input)) as tf.SymbolicTensor;
    const output = tf.layers.dense({ units: 3, activation: 'softmax' }).apply(flat) as tf.SymbolicTensor;
    const model = randomizeWeights(tf.model({ inputs: input, outputs: output }), 3);
    const images = uniform(3 * 11 * 9 * 3, 5);
    const graph = openGraph(model);
    const expected = await addUp(graph, images, weights);
    for (const network of [graph, layersScores(model)]) {
      expect(relativeDifference(await network.sumGradients(images, weights), expected)).toBeLessThan(1e-5);
    }
  });

  bfloat16Test('in bfloat16 but for what is rounded at the end of each', async () => {
    await selectBackend('native');
    const network = openGraph(articleNetwork(64, [4, 6, 8, 10], 16), 'bfloat16');
    const images = uniform(5 * 64 * 64 * 3, 5, 0, 1);
    const expected = await addUp(network, images, Float32Array.of(1));
    expect(relativeDifference(await network.sumGradients(images, Float32Array.of(1)), expected)).toBeLessThan(0.02);
  });
});
