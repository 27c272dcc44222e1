import {
  fillDefaults,
  requireFlag,
  requireInteger,
  requireNumber,
  requireOneOf,
  requireText,
} from '../../base/arguments.js';
import { checkAugmentation } from '../../dataset/augment/augmentation.js';
import { requireGroupBy } from '../../dataset/folder/group-by.js';
import type { LossName, OptimizerConfig, TrainingConfig } from '../../engines/contract/training-config.js';
import { type Architecture, planLayers } from '../../network/architecture.js';
import { settleCallbackOptions } from './callback-options.js';
import { OPTIMIZER_NAMES, type OptimizerName, TRAIN_DEFAULTS, type TrainOptions } from './options.js';
import { RECIPE_NAMES } from './recipe-names.js';
import { RECIPES } from './recipes.js';

type Defaults = TrainOptions & Required<Pick<TrainOptions, keyof typeof TRAIN_DEFAULTS>>;

/** Options with every default in its place; what has no fixed default may be absent. */
export type TrainSettings = TrainOptions &
  Required<Pick<TrainOptions, keyof typeof TRAIN_DEFAULTS | 'data' | 'weightDecay'>>;

/** Fills in recipe and defaults. @throws CnnvizError BAD_ARGUMENT for what no data could make good */
export function settleTrainOptions(options: TrainOptions): TrainSettings {
  const { data = '', recipe } = options;
  requireText('data', data, 'a folder of images, or a run to resume');
  if (recipe !== undefined) requireOneOf('recipe', recipe, RECIPE_NAMES);
  const defaults: Defaults = { ...TRAIN_DEFAULTS, ...(recipe && RECIPES[recipe]) };
  const filled = fillDefaults(defaults, options) as Defaults & TrainOptions;
  const weightDecay = filled.weightDecay ?? (filled.optimizer === 'adamw' ? ADAMW_DECAY : 0);
  const settings: TrainSettings = { ...filled, data, weightDecay };
  if (settings.out !== undefined) requireText('out', settings.out, 'a folder');
  requireInteger('epochs', settings.epochs, 1);
  requireInteger('batchSize', settings.batchSize, 1);
  if (settings.stepsPerEpoch !== undefined) requireInteger('stepsPerEpoch', settings.stepsPerEpoch, 1);
  if (settings.validationSteps !== undefined) requireInteger('validationSteps', settings.validationSteps, 1);
  requireInteger('seed', settings.seed, 0, 2 ** 32 - 1);
  requireNumber('learningRate', settings.learningRate, 'a number above 0', (rate) => rate > 0);
  requireNumber('weightDecay', settings.weightDecay, 'a number of at least 0', (decay) => decay >= 0);
  requireNumber('emaMomentum', settings.emaMomentum, 'a number of at least 0 and below 1', isBelowOne);
  requireNumber('labelSmoothing', settings.labelSmoothing, 'a number of at least 0 and below 1', isBelowOne);
  requireNumber('validationSplit', settings.validationSplit, 'a number of at least 0 and below 1', isBelowOne);
  if (settings.groupBy !== undefined) requireGroupBy(settings.groupBy);
  if (settings.cacheMemory !== undefined) {
    requireNumber('cacheMemory', settings.cacheMemory, 'megabytes, 0 or more', (size) => size >= 0);
  }
  requireOneOf('optimizer', settings.optimizer, OPTIMIZER_NAMES);
  requireOneOf('interpolation', settings.interpolation, ['nearest', 'bilinear', 'lanczos3']);
  requireOneOf('onBadImage', settings.onBadImage, ['skip', 'fail']);
  requireOneOf('classWeight', settings.classWeight, ['none', 'balanced']);
  requireOneOf('backend', settings.backend, ['auto', 'native', 'wasm', 'cpu']);
  requireFlag('autoOrient', settings.autoOrient);
  checkAugmentation(settings);
  planLayers(toArchitecture(settings, 2));
  return settleCallbackOptions(settings);
}

export function toArchitecture(settings: TrainSettings, classCount: number): Architecture {
  const { imageSize, filters, dense, dropout, denseDropout, batchNormalization, kernelInitializer } = settings;
  return { imageSize, filters, dense, dropout, denseDropout, batchNormalization, kernelInitializer, classCount };
}

export function toTrainingConfig(settings: TrainSettings, classCount: number): TrainingConfig {
  const loss: LossName = classCount === 2 ? 'binaryCrossentropy' : 'categoricalCrossentropy';
  const { optimizer, weightDecay, emaMomentum } = settings;
  return { loss, optimizer: OPTIMIZERS[optimizer], weightDecay, emaMomentum };
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

function isBelowOne(value: number): boolean {
  return value >= 0 && value < 1;
}
