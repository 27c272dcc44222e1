import fc from 'fast-check';
import { expect } from 'vitest';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { createRandom } from '../../src/base/random.js';
import { toInputTensor } from '../../src/engines/contract/input-tensor.js';
import type { LossName } from '../../src/engines/contract/training-config.js';
import type { TrainerBatch } from '../../src/engines/contract/training-step.js';
import { compileTrainingGraph } from '../../src/engines/graph/compile-training.js';

/** Numbers in low..high, the same for the same seed. */
export function uniform(length: number, seed: number, low = -1, high = 1): Float32Array {
  const random = createRandom(seed, 'sample');
  return Float32Array.from({ length }, () => low + (high - low) * random());
}

// Sums over many positions cancel out and leave the rounding of their terms, up to 1e-7; most gradients are 0.01 to 1.
const SMALLEST_SCALE = 1e-2;

/** The largest difference as a fraction of the largest expected number. */
export function relativeDifference(actual: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), SMALLEST_SCALE);
  const difference = expected.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (actual[index] ?? Number.NaN))),
    0,
  );
  return difference / largest;
}

/** A sequential model with random weights. */
export function randomModel(layers: tf.layers.Layer[], seed: number): tf.Sequential {
  return randomizeWeights(tf.sequential({ layers }), seed);
}

/**
 * Sets every weight to random numbers, so that biases and the like are not all 0; small enough that no sigmoid saturates,
 * where tfjs's loss, which works on probabilities, is not exact.
 */
export function randomizeWeights<Model extends tf.LayersModel>(model: Model, seed: number): Model {
  for (const [index, weight] of model.weights.entries()) {
    const shape = weight.shape as number[];
    const fanIn = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const [low, high] = weight.originalName.endsWith('moving_variance')
      ? [0.5, 2]
      : [-1 / Math.sqrt(fanIn), 1 / Math.sqrt(fanIn)];
    const tensor = tf.tensor(uniform(tf.util.sizeFromShape(shape), seed + index, low, high), shape);
    weight.write(tensor);
    tensor.dispose();
  }
  return model;
}

/** A batch for a model, with fractional targets and unequal weights. */
export function randomBatch(model: tf.LayersModel, size: number, seed: number): TrainerBatch {
  const inputShape = model.inputs[0]?.shape.slice(1) as number[];
  const units = model.outputs[0]?.shape.at(-1) as number;
  return {
    inputs: uniform(size * tf.util.sizeFromShape(inputShape), seed + 100),
    size,
    targets: uniform(size * units, seed + 200, 0, 0.5),
    sampleWeights: uniform(size, seed + 300, 0.5, 2),
  };
}

/** What the last layer, a Dense, gives before its activation. */
function trainingLogits(model: tf.LayersModel, x: tf.Tensor): tf.Tensor {
  const last = model.layers.at(-1) as tf.layers.Layer;
  const features = tf.model({ inputs: model.inputs, outputs: last.input }).apply(x, { training: true });
  const [kernel, bias] = last.weights as [tf.LayerVariable, tf.LayerVariable];
  return tf.add(tf.matMul(features as tf.Tensor2D, kernel.read() as tf.Tensor2D), bias.read());
}

// From logits: tfjs's own losses work on probabilities, and their gradients lose digits where those are near 0 or 1.
const LOSSES: Record<LossName, (targets: tf.Tensor2D, logits: tf.Tensor) => tf.Tensor> = {
  binaryCrossentropy: (targets, logits) =>
    tf.mean(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, targets)), tf.log1p(tf.exp(tf.neg(tf.abs(logits))))), -1),
  categoricalCrossentropy: (targets, logits) => tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), targets), -1)),
};

/** The weighted loss of a batch as tfjs computes it; a function of the model's variables. */
export function tfjsLoss(model: tf.LayersModel, loss: LossName, batch: TrainerBatch): tf.Scalar {
  const shape = model.inputs[0]?.shape.slice(1) as number[];
  const x = toInputTensor(batch.inputs, [batch.size, ...shape]);
  const y = tf.tensor2d(batch.targets, [batch.size, batch.targets.length / batch.size]);
  const weights = tf.tensor1d(batch.sampleWeights ?? new Float32Array(batch.size).fill(1));
  return tf.mean(tf.mul(LOSSES[loss](y, trainingLogits(model, x)), weights));
}

/** The gradients of the weighted loss by tfjs's own autodiff, by weight name; and the loss. */
function tfjsGradients(model: tf.LayersModel, loss: LossName, batch: TrainerBatch) {
  const names = new Map(model.trainableWeights.map((weight) => [weight.name, weight.originalName]));
  const { value, grads } = tf.variableGrads(() => tfjsLoss(model, loss, batch));
  const gradients = new Map(
    Object.entries(grads)
      .filter(([name]) => names.has(name))
      .map(([name, gradient]) => [names.get(name) as string, gradient.dataSync<'float32'>()]),
  );
  const result = { loss: value.dataSync()[0] as number, gradients };
  tf.dispose([value, grads]);
  return result;
}

const settings = { learningRate: 0.1, seed: 1, step: 0 };
const SGD = { name: 'sgd', momentum: 0, nesterov: false } as const;

export function gradientDifference(layers: tf.layers.Layer[], seed: number, loss?: LossName): number {
  return modelGradientDifference(tf.sequential({ layers }), seed, loss);
}

/**
 * The worst relative difference between the graph's and tfjs's gradients over all weights, and the difference of the
 * losses: the larger of the two. The model ends in a Dense layer; it gets random weights and is disposed.
 */
export function modelGradientDifference(model: tf.LayersModel, seed: number, loss: LossName = 'binaryCrossentropy') {
  randomizeWeights(model, seed);
  const graph = compileTrainingGraph(model, { loss, optimizer: SGD });
  try {
    const batch = randomBatch(model, 3, seed);
    const actual = graph.computeGradients(batch, settings);
    const expected = tfjsGradients(model, loss, batch);
    expect([...actual.keys()].sort()).toEqual([...expected.gradients.keys()].sort());
    const differences = [...expected.gradients].map(([name, gradient]) =>
      relativeDifference(actual.get(name) ?? new Float32Array(0), gradient),
    );
    return Math.max(Math.abs(graph.trainStep(batch, settings).loss - expected.loss), ...differences);
  } finally {
    graph.dispose();
    model.dispose();
  }
}

/** A property: networks made of drawn parameters have the gradients that tfjs's autodiff gives, to 1e-5. */
export function expectSameGradients<T>(
  parameters: fc.Arbitrary<T>,
  build: (parameters: T) => tf.layers.Layer[] | tf.LayersModel,
  options: { runs?: number; loss?: LossName } = {},
): void {
  fc.assert(
    fc.property(parameters, fc.integer({ min: 1, max: 1_000_000 }), (drawn, seed) => {
      const built = build(drawn);
      const model = Array.isArray(built) ? tf.sequential({ layers: built }) : built;
      expect(modelGradientDifference(model, seed, options.loss)).toBeLessThan(1e-5);
    }),
    { numRuns: options.runs ?? 20 },
  );
}

export const oneToThree = fc.integer({ min: 1, max: 3 });
export const sizePair = fc.tuple(oneToThree, oneToThree);
export const padding = fc.constantFrom('valid' as const, 'same' as const);
export const activation = fc.constantFrom('linear', 'relu', 'sigmoid', 'tanh', 'elu', 'softmax');

/** The size of a feature map. */
export interface MapSize {
  height: number;
  width: number;
  channels: number;
}

export const mapSize: fc.Arbitrary<MapSize> = fc.record({
  height: fc.integer({ min: 4, max: 9 }),
  width: fc.integer({ min: 4, max: 9 }),
  channels: oneToThree,
});

/** A network that puts `middle` where its own gradients and the one for its input both count. */
export function aroundMaps({ height, width, channels }: MapSize, middle: tf.layers.Layer[]): tf.layers.Layer[] {
  const flattens = middle.at(-1)?.getClassName().startsWith('Global');
  return [
    tf.layers.conv2d({ filters: channels, kernelSize: 1, useBias: false, inputShape: [height, width, 2] }),
    ...middle,
    ...(flattens ? [] : [tf.layers.flatten()]),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ];
}

/** The same for layers of units in place of maps. */
export function aroundUnits(units: number, middle: tf.layers.Layer[]): tf.layers.Layer[] {
  return [
    tf.layers.dense({ units, useBias: false, inputShape: [4] }),
    ...middle,
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ];
}
