import type { TrainOptions } from './options.js';
import type { RecipeName } from './recipe-names.js';

/**
 * Trainings by name, as the options in which each differs from `TRAIN_DEFAULTS`; any option that is given overrides them.
 * docs/recipes.md describes where they come from and how they perform.
 */
export const RECIPES: Record<RecipeName, Partial<TrainOptions>> = {
  /** The first run of Chollet's notebook 5.2: 100 steps of 20 are one pass over its 2,000 images. */
  article: {
    optimizer: 'rmsprop',
    learningRate: 1e-4,
    batchSize: 20,
    stepsPerEpoch: 100,
    validationSteps: 50,
    epochs: 30,
    defaultWeights: 'last',
  },
  /** Its second run: 100 steps of 32 go on from pass to pass. */
  augmented: {
    optimizer: 'rmsprop',
    learningRate: 1e-4,
    batchSize: 32,
    stepsPerEpoch: 100,
    validationSteps: 50,
    epochs: 100,
    dropout: 0.5,
    rotationRange: 40,
    widthShiftRange: 0.2,
    heightShiftRange: 0.2,
    shearRange: 0.2,
    zoomRange: 0.2,
    horizontalFlip: true,
    fillMode: 'nearest',
  },
  /** The same four convolutions, trained so that they generalize, in no more time than the second run takes. */
  best: {
    batchNormalization: true,
    kernelInitializer: 'he_normal',
    dropout: 0.5,
    denseDropout: 0.5,
    interpolation: 'bilinear',
    horizontalFlip: true,
    rotationRange: 18,
    widthShiftRange: 0.12,
    heightShiftRange: 0.12,
    zoomRange: [0.75, 1.1],
    contrastRange: 0.2,
    fillMode: 'reflect',
    optimizer: 'adamw',
    learningRate: 1e-3,
    weightDecay: 5e-3,
    schedule: 'cosine',
    warmupEpochs: 3,
    labelSmoothing: 0.05,
    emaMomentum: 0.999,
    batchSize: 32,
    epochs: 120,
  },
};
