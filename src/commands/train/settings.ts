import { pickAugmentation } from '../../dataset/augment/augmentation.js';
import type { LossName, OptimizerConfig, TrainingConfig } from '../../engines/contract/training-config.js';
import { type Architecture, planLayers } from '../../network/architecture.js';
import { checkOptions, resolveOptions } from '../../options/resolve.js';
import { baseDefaults, requireFitForBase } from './base-settings.js';
import { resolveCallbackOptions } from './callbacks.js';
import type { OptimizerName } from './loop-options.js';
import { type TRAIN_DEFAULTS, TRAIN_OPTIONS, type TrainOptions } from './options.js';
import { RECIPES } from './recipes.js';
import { START_OPTIONS } from './start-options.js';

/** Options with all defaults filled in; what has no fixed default may be absent. */
export type TrainSettings = TrainOptions & typeof TRAIN_DEFAULTS & Required<Pick<TrainOptions, 'data' | 'weightDecay'>>;

/** Fills in recipe and defaults. @throws CnnvizError BAD_ARGUMENT for values that are invalid for any data */
export function resolveTrainOptions(options: TrainOptions): TrainSettings {
  const { data = '', recipe } = options;
  checkOptions(START_OPTIONS, { ...options, data });
  const presets = { ...baseDefaults(options), ...(recipe && RECIPES[recipe]) };
  const filled = resolveOptions(TRAIN_OPTIONS, { ...options, data }, presets);
  const weightDecay = filled.weightDecay ?? (filled.optimizer === 'adamw' ? ADAMW_DECAY : 0);
  const settings = { ...filled, weightDecay };
  if (settings.base === undefined) planLayers(toArchitecture(settings, 2));
  else requireFitForBase(settings);
  return resolveCallbackOptions(settings);
}

/** Whether nothing but the head of a base is trained, on features that are the same in every epoch: they are computed once. */
export function trainsOnFeatures(settings: TrainSettings): boolean {
  const { base, trainable = 'none' } = settings;
  return base !== undefined && trainable === 'none' && pickAugmentation(settings) === undefined;
}

export function toArchitecture(settings: TrainSettings, classCount: number): Architecture {
  const { imageSize, filters, dense, dropout, denseDropout, batchNormalization, kernelInitializer } = settings;
  return { imageSize, filters, dense, dropout, denseDropout, batchNormalization, kernelInitializer, classCount };
}

export function toTrainingConfig(settings: TrainSettings, classCount: number): TrainingConfig {
  const loss: LossName = classCount === 2 ? 'binaryCrossentropy' : 'categoricalCrossentropy';
  const { optimizer, momentum, weightDecay, emaMomentum } = settings;
  const config = OPTIMIZERS[optimizer];
  return { loss, optimizer: 'momentum' in config ? { ...config, momentum } : config, weightDecay, emaMomentum };
}

/** Keras's default for AdamW. */
const ADAMW_DECAY = 4e-3;
const ADAM = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** Keras's defaults. */
const OPTIMIZERS: Record<OptimizerName, OptimizerConfig> = {
  rmsprop: { name: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 },
  adam: ADAM,
  /** with weight decay: that is all the difference */
  adamw: ADAM,
  sgd: { name: 'sgd', momentum: 0, nesterov: false },
};
