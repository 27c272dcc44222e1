/** What Keras's `compile()` takes. Every number that changes during training (learning rate, weights) is not here. */
export interface TrainingConfig {
  loss: LossName;
  optimizer: OptimizerConfig;
  /** taken off every kernel at each step, times the learning rate; default 0. See `decaysWeight`. */
  weightDecay?: number;
  /**
   * above 0: the network's weights are the moving average of those in training, and this is how much of it a step keeps;
   * default 0. See `emaMomentumAt`.
   */
  emaMomentum?: number;
}

/** binaryCrossentropy: one sigmoid unit, labels [batch, 1]; categoricalCrossentropy: softmax, labels [batch, classes]. */
export type LossName = 'binaryCrossentropy' | 'categoricalCrossentropy';

export type OptimizerConfig =
  /** Keras 3's RMSprop, epsilon inside the root. */
  | { name: 'rmsprop'; rho: number; momentum: number; epsilon: number }
  | { name: 'adam'; beta1: number; beta2: number; epsilon: number }
  | { name: 'sgd'; momentum: number; nesterov: boolean };

/**
 * Whether weight decay (decoupled: Loshchilov and Hutter, 2019) takes hold of a weight: kernels only, as is the custom.
 * Biases and what batch normalization learns set the scale of nothing.
 */
export function decaysWeight(shape: readonly number[]): boolean {
  return shape.length > 1;
}

/**
 * How much of the average a step keeps. At first less, as in TensorFlow's ExponentialMovingAverage: an average of few steps
 * would still be the network that has learned nothing.
 *
 * @param step of the run, from 0
 */
export function emaMomentumAt(momentum: number, step: number): number {
  return Math.min(momentum, (1 + step) / (10 + step));
}
