import { tf } from '../../src/backend/tfjs/tensors.js';
import type { OptimizerConfig, TrainingConfig } from '../../src/engines/contract/training-config.js';
import { compileTrainingGraph } from '../../src/engines/graph/compile-training.js';
import { aroundUnits, randomBatch, randomModel, relativeDifference, tfjsLoss, uniform } from './gradients.js';

const STEPS = 6;

/** Some of tfjs's optimizers keep the rate in a tensor, others in a property; the types show neither. */
function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  const open = optimizer as unknown as { learningRate: number; setLearningRate?(rate: number): void };
  if (open.setLearningRate) open.setLearningRate(rate);
  else open.learningRate = rate;
}

/** A learning rate that changes from step to step. */
const learningRateAt = (step: number) => 0.01 * (1 + (step % 3));

/**
 * The worst difference between a network trained by the graph and by a tfjs optimizer, relative to what the training
 * changed, over all weights.
 *
 * @param after what the rule does to a weight besides, given the weight before the step
 */
export function optimizerDifference(
  config: OptimizerConfig | Omit<TrainingConfig, 'loss'>,
  optimizer: tf.Optimizer,
  after?: (before: tf.Tensor, learningRate: number) => tf.Tensor,
): number {
  const rule = 'optimizer' in config ? config : { optimizer: config };
  const model = randomModel(aroundUnits(3, [tf.layers.dense({ units: 4, activation: 'tanh' })]), 5);
  const start = model.weights.map((weight) => weight.read().dataSync<'float32'>().slice());
  const graph = compileTrainingGraph(model, { loss: 'binaryCrossentropy', ...rule });
  for (let step = 0; step < STEPS; step++) {
    const batch = { ...randomBatch(model, 4, step), inputs: uniform(16, step, -2, 2) };
    const learningRate = learningRateAt(step);
    graph.trainStep(batch, { learningRate, seed: 0, step });
    setLearningRate(optimizer, learningRate);
    tf.tidy(() => {
      const changes = model.weights.map((weight) => after?.(weight.read().clone(), learningRate));
      optimizer.minimize(() => tfjsLoss(model, 'binaryCrossentropy', batch));
      for (const [index, change] of changes.entries()) {
        const weight = model.weights[index] as tf.LayerVariable;
        if (change) weight.write(tf.sub(weight.read(), change));
      }
    });
  }
  const trained = graph.readState().weights;
  graph.dispose();
  const differences = model.weights.map((weight, index) => {
    const moved = (values: Float32Array) => values.map((value, at) => value - (start[index]?.[at] as number));
    return relativeDifference(
      moved(trained[index]?.values as Float32Array),
      moved(weight.read().dataSync<'float32'>()),
    );
  });
  return Math.max(...differences);
}
