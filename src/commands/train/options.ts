// Its options and defaults.

import type { BackendChoice } from '../../backend/tfjs/backend.js';
import { AUGMENTATION_DEFAULTS, type AugmentationOptions } from '../../dataset/augment/augmentation.js';
import type { Interpolation } from '../../dataset/decode/preprocessing.js';
import type { KernelInitializer } from '../../network/architecture.js';
import type { WorkflowOptions } from '../shared/events.js';
import { CALLBACK_DEFAULTS, type CallbackOptions } from './callback-options.js';
import type { TrainingEvent } from './events.js';
import type { RecipeName } from './recipe-names.js';

export { FILL_MODES } from '../../dataset/augment/fill-modes.js';

/** The optimizers that `train` offers, with Keras's settings but for the learning rate. */
export const OPTIMIZER_NAMES = ['rmsprop', 'adam', 'adamw', 'sgd'] as const;
export type OptimizerName = (typeof OPTIMIZER_NAMES)[number];

export interface TrainOptions extends AugmentationOptions, CallbackOptions, WorkflowOptions<TrainingEvent> {
  /** folder with train/ and validation/, or with the class folders themselves; may be absent when a run is resumed */
  data?: string;
  /**
   * a run folder: goes on where that run stopped, with its options. Beside it `data`, `epochs`, `earlyStopping`,
   * `scheduleEpochs`, `backend` and `cacheMemory` may be other ones.
   */
  resume?: string;
  /** a training by name: see RECIPES. Every other option overrides it. */
  recipe?: RecipeName;
  /** the run.json of a run: does the same again, but for the options that are given and the run's folder */
  config?: string;
  /**
   * a run folder: starts from its weights, with its network and its preprocessing. Where there are more or fewer classes, the
   * last layer is reinitialized.
   */
  from?: string;
  /** how many there will have been in the end, those before a resumption included */
  epochs?: number;
  /** batches of one epoch; default: one pass over the data */
  stepsPerEpoch?: number;
  /** batches of one validation; default, and the most: one pass over the validation data */
  validationSteps?: number;
  batchSize?: number;
  learningRate?: number;
  optimizer?: OptimizerName;
  /** taken off every kernel at each step, times the learning rate; default 0.004 for adamw, as in Keras, else 0 */
  weightDecay?: number;
  /**
   * above 0, below 1: an exponential moving average of the weights is evaluated and saved, with this momentum
   * (at the beginning less)
   */
  emaMomentum?: number;
  /** how much of a training label is spread over all classes, 0 <= labelSmoothing < 1; evaluation does not use it */
  labelSmoothing?: number;
  /** uint32; decides the split, the first weights, the order, the augmentation and the dropout */
  seed?: number;
  /** the run's folder, new or empty; default: runs/<date-time> */
  out?: string;
  /** a run that `out` has already is replaced by the first save, and refused without this */
  overwrite?: boolean;
  /** filters of each Conv2D + MaxPooling2D pair */
  filters?: readonly number[];
  /** units of the hidden Dense layer */
  dense?: number;
  /** height and width of the network's input, pixels */
  imageSize?: number;
  /** fraction of the flattened features dropped in training, 0 <= dropout < 1 */
  dropout?: number;
  /** fraction of the hidden Dense layer's units dropped in training */
  denseDropout?: number;
  /** between every convolution or hidden Dense layer, which then have no bias, and its relu */
  batchNormalization?: boolean;
  /** of the kernels that relu follows */
  kernelInitializer?: KernelInitializer;
  interpolation?: Interpolation;
  /** rotate images by their EXIF orientation */
  autoOrient?: boolean;
  /** fraction of each class held out when the folder has no validation/ */
  validationSplit?: number;
  /**
   * what belongs together and must not lie on both sides: `folder` for the folder that a file lies in, or a regular
   * expression for the path within the class folder, of which the first group in parentheses counts, else the whole match
   */
  groupBy?: string;
  onBadImage?: 'skip' | 'fail';
  /** look for what is the matter with images while they are decoded in the first epoch, and warn of it */
  check?: boolean;
  /** balanced: in training every class counts the same, however few images it has */
  classWeight?: 'none' | 'balanced';
  /** memory for decoded pixels, megabytes (10^6 bytes); default: a share of the machine's memory */
  cacheMemory?: number;
  /** auto: the fastest that works; for a run that is resumed the one that it was trained on, if that works */
  backend?: BackendChoice;
}

/** The article's settings. */
export const TRAIN_DEFAULTS = {
  ...CALLBACK_DEFAULTS,
  epochs: 30,
  batchSize: 20,
  learningRate: 1e-4,
  optimizer: 'rmsprop',
  emaMomentum: 0,
  labelSmoothing: 0,
  seed: 1,
  filters: [32, 64, 128, 128],
  dense: 512,
  imageSize: 150,
  dropout: 0,
  denseDropout: 0,
  batchNormalization: false,
  kernelInitializer: 'glorot_uniform',
  interpolation: 'nearest',
  autoOrient: false,
  validationSplit: 0.2,
  onBadImage: 'skip',
  check: true,
  classWeight: 'none',
  overwrite: false,
  backend: 'auto',
  ...AUGMENTATION_DEFAULTS,
} as const satisfies Partial<TrainOptions>;
