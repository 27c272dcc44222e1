// What Keras's `compile()` is given, so that training can go on there.

import type { ExportedTraining } from '../export-content.js';
import type { KerasObject } from './network-config.js';

/** Keras's classes, with the settings that are its defaults. */
const OPTIMIZERS: Record<ExportedTraining['optimizer'], { name: string; config: object }> = {
  rmsprop: { name: 'RMSprop', config: { rho: 0.9, epsilon: 1e-7, centered: false } },
  adam: { name: 'Adam', config: { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false } },
  adamw: { name: 'AdamW', config: { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false } },
  sgd: { name: 'SGD', config: { nesterov: false } },
};

/** The `compile_config` of a .keras file. */
export function kerasCompileConfig(training: ExportedTraining): Record<string, unknown> {
  return {
    optimizer: kerasOptimizer(training),
    loss: kerasLoss(training),
    loss_weights: null,
    metrics: ['accuracy'],
    weighted_metrics: null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

/** The attribute `training_config` of an HDF5 file. */
export function kerasTrainingConfig(training: ExportedTraining): Record<string, unknown> {
  const { class_name, config } = kerasOptimizer(training);
  return {
    loss: kerasLoss(training),
    metrics: ['accuracy'],
    weighted_metrics: null,
    loss_weights: null,
    optimizer_config: { class_name, config },
  };
}

function kerasOptimizer({ optimizer, learningRate, momentum, weightDecay }: ExportedTraining): KerasObject {
  const { name, config } = OPTIMIZERS[optimizer];
  const hasMomentum = optimizer === 'rmsprop' || optimizer === 'sgd';
  return {
    module: 'keras.optimizers',
    class_name: name,
    config: {
      ...{ name: optimizer, learning_rate: learningRate, weight_decay: weightDecay > 0 ? weightDecay : null },
      ...config,
      ...(hasMomentum && { momentum }),
    },
    registered_name: null,
  };
}

function kerasLoss({ classCount, labelSmoothing }: ExportedTraining): KerasObject {
  const [class_name, name] =
    classCount === 2
      ? ['BinaryCrossentropy', 'binary_crossentropy']
      : ['CategoricalCrossentropy', 'categorical_crossentropy'];
  return {
    module: 'keras.losses',
    class_name,
    config: { name, from_logits: false, label_smoothing: labelSmoothing },
    registered_name: null,
  };
}
