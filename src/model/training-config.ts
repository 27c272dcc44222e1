/** What Keras's `compile()` takes. Every number that changes during training (learning rate, weights) is not here. */
export interface TrainingConfig {
  loss: LossName;
  optimizer: OptimizerConfig;
}

/** binaryCrossentropy: one sigmoid unit, labels [batch, 1]; categoricalCrossentropy: softmax, labels [batch, classes]. */
export type LossName = 'binaryCrossentropy' | 'categoricalCrossentropy';

export type OptimizerConfig =
  /** Keras 3's RMSprop, epsilon inside the root. */
  | { name: 'rmsprop'; rho: number; momentum: number; epsilon: number }
  | { name: 'adam'; beta1: number; beta2: number; epsilon: number }
  /** Adam with decoupled weight decay (Loshchilov and Hutter, 2019). */
  | { name: 'adamw'; beta1: number; beta2: number; epsilon: number; weightDecay: number }
  | { name: 'sgd'; momentum: number; nesterov: boolean };
