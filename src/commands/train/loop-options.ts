// How a network is trained.

import { badArgument } from '../../base/errors.js';
import { choice, count, number, seed } from '../../options/kinds.js';
import { requireInRange } from '../../options/numbers.js';
import { type Behavior, section } from '../../options/option.js';

/** The optimizers that `train` offers, with Keras's settings except for the learning rate. */
const OPTIMIZER_NAMES = ['rmsprop', 'adam', 'adamw', 'sgd'] as const;
export type OptimizerName = (typeof OPTIMIZER_NAMES)[number];

const MOMENTUM_RANGE = { min: 0, below: 1 } as const;

const requireMomentum: Behavior<number>['check'] = (name, value, { optimizer }) => {
  requireInRange(name, value, MOMENTUM_RANGE);
  if (value !== 0 && optimizer !== 'sgd' && optimizer !== 'rmsprop') {
    throw badArgument(name, 'sgd or rmsprop as the optimizer together with it', optimizer);
  }
};

/** The defaults are the article's settings. */
export const LOOP_OPTIONS = section('Training', {
  /** total number of epochs, including those before a resume */
  epochs: count({ default: 30, min: 1, help: 'number of epochs', resumable: true }),
  /** batches per epoch; default: one pass over the data */
  stepsPerEpoch: count({ min: 1, help: 'batches per epoch (default: one pass over the data)' }),
  /** batches per validation; default and maximum: one pass over the validation data */
  validationSteps: count({ min: 1, help: 'batches per validation (default: one pass)' }),
  batchSize: count({ default: 20, min: 1, help: 'images per step' }),
  learningRate: number({ default: 1e-4, above: 0, help: 'learning rate' }),
  optimizer: choice(OPTIMIZER_NAMES, { default: 'rmsprop', help: "optimizer, with Keras's settings" }),
  /** momentum of sgd or rmsprop, 0 <= momentum < 1; Keras users often choose 0.9 for sgd */
  momentum: number({
    ...MOMENTUM_RANGE,
    default: 0,
    help: 'momentum of sgd or rmsprop',
    placeholder: 'fraction',
    check: requireMomentum,
  }),
  /** weight decay of every kernel at each step, multiplied by the learning rate; default 0.004 for adamw, as in Keras, else 0 */
  weightDecay: number({
    min: 0,
    help: 'weight decay of the kernels, multiplied by the learning rate (default: 0.004 for adamw)',
  }),
  /**
   * above 0, below 1: an exponential moving average of the weights is evaluated and saved, with this momentum
   * (lower at the beginning)
   */
  emaMomentum: number({
    default: 0,
    min: 0,
    below: 1,
    help: 'evaluate and save an exponential moving average of the weights (momentum; 0: off)',
    placeholder: 'fraction',
  }),
  /** fraction of a training label that is spread over all classes, 0 <= labelSmoothing < 1; evaluation does not use it */
  labelSmoothing: number({
    default: 0,
    min: 0,
    below: 1,
    help: 'fraction of each label that is spread over all classes',
    placeholder: 'fraction',
  }),
  /** random seed of split, initial weights, order, augmentation and dropout, uint32 */
  seed: seed({ default: 1, help: 'random seed of split, initial weights, order, augmentation and dropout' }),
});
