import { createRandom } from '../../src/base/random.js';
import type { Trainer, TrainerBatch, TrainerState } from '../../src/engines/contract/trainer.js';
import type { TrainingConfig } from '../../src/engines/contract/training-config.js';

export const RMSPROP: TrainingConfig = {
  loss: 'binaryCrossentropy',
  optimizer: { name: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 },
};

const ADAM = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** Every update rule, with weight decay and averaged weights in between. */
export const everyRule: Omit<TrainingConfig, 'loss'>[] = [
  { optimizer: RMSPROP.optimizer },
  { optimizer: { name: 'rmsprop', rho: 0.9, momentum: 0.5, epsilon: 1e-7 }, weightDecay: 0.01 },
  { optimizer: ADAM },
  { optimizer: ADAM, weightDecay: 0.01, emaMomentum: 0.9 },
  { optimizer: { name: 'sgd', momentum: 0, nesterov: false }, weightDecay: 0.1 },
  { optimizer: { name: 'sgd', momentum: 0.9, nesterov: false }, emaMomentum: 0.1 },
  { optimizer: { name: 'sgd', momentum: 0.9, nesterov: true } },
];

/** Square images of two classes. */
export function makeBatch(size = 5, pixels = 8): TrainerBatch {
  const random = createRandom(9, 'sample', size);
  return {
    inputs: Float32Array.from({ length: size * pixels * pixels * 3 }, random),
    size,
    targets: Float32Array.from({ length: size }, (_, index) => index % 2),
  };
}

export async function train(trainer: Trainer, steps: number[], batch = makeBatch()): Promise<TrainerState> {
  for (const step of steps) await trainer.trainStep(batch, { learningRate: 0.01, seed: 5, step });
  return trainer.readState();
}
