// Sums over as many positions as real images have, added up where all terms have one sign: in bfloat16 they would stop
// growing at 256 times a term.

import { expect } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import type { TrainingConfig } from '../../../src/engines/contract/training-config.js';
import { compileTrainingGraph } from '../../../src/engines/graph/compile-training.js';
import { bfloat16Test } from '../../helpers/bfloat16.js';
import { randomBatch, randomModel, relativeDifference } from '../../helpers/gradients.js';

const input = { inputShape: [150, 150, 2] };
const convolution = (change = {}) => tf.layers.conv2d({ ...input, filters: 2, kernelSize: 3, ...change });
/** Behind batch normalization the terms of its own gradient cancel out: little is left of them but rounding. */
const given = { useBias: false, trainable: false };

/** What comes before the mean over all positions. */
const KINDS: [string, () => tf.layers.Layer[]][] = [
  ['a convolution', () => [convolution()]],
  ['a transposed convolution', () => [tf.layers.conv2dTranspose({ ...input, filters: 2, kernelSize: 2, strides: 2 })]],
  ['a convolution channel by channel', () => [tf.layers.depthwiseConv2d({ ...input, kernelSize: 3 })]],
  [
    'batch normalization',
    () => [convolution(given), tf.layers.batchNormalization(), tf.layers.activation({ activation: 'relu' })],
  ],
  ['means over large windows', () => [convolution(), tf.layers.averagePooling2d({ poolSize: 74 })]],
  ['maxima over windows that overlap', () => [convolution(), tf.layers.maxPooling2d({ poolSize: 3, strides: 1 })]],
];

const config: TrainingConfig = {
  loss: 'binaryCrossentropy',
  optimizer: { name: 'sgd', momentum: 0, nesterov: false },
};

bfloat16Test.each(KINDS)('%s: outputs and gradients are those of float32 but for rounding', (_, kind) => {
  const end = [tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 1, activation: 'sigmoid' })];
  const model = randomModel([...kind(), ...end], 3);
  const batch = randomBatch(model, 2, 5);
  const [low, full] = (['bfloat16', 'float32'] as const).map((precision) => {
    const graph = compileTrainingGraph(model, config, precision);
    const gradients = graph.computeGradients(batch, { learningRate: 0, seed: 1, step: 0 });
    const { outputs } = graph.evaluateBatch(batch);
    graph.dispose();
    return new Map([...gradients, ['outputs', outputs]]);
  }) as [Map<string, Float32Array>, Map<string, Float32Array>];
  for (const [name, expected] of full) {
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = relativeDifference(scale(low.get(name), largest), scale(expected, largest));
    expect(difference, name).toBeLessThan(0.02);
  }
});

/** So that the largest is 1: a small gradient is compared as well as a large one. */
const scale = (values: Float32Array | undefined, largest: number) =>
  (values ?? new Float32Array()).map((value) => value / largest);
