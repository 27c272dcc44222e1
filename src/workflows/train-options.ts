import type { BackendChoice } from '../backend/select.js';
import type { Interpolation } from '../dataset/preprocessing.js';
import type { WorkflowOptions } from './events.js';

/** The optimizers that `train` offers, with Keras's settings but for the learning rate. */
export const OPTIMIZER_NAMES = ['rmsprop', 'adam', 'sgd'] as const;
export type OptimizerName = (typeof OPTIMIZER_NAMES)[number];

export interface TrainOptions extends WorkflowOptions {
  /** folder with train/ and validation/, or with the class folders themselves */
  data: string;
  epochs?: number;
  /** batches of one epoch; default: one pass over the data */
  stepsPerEpoch?: number;
  /** batches of one validation; default: one pass over the validation data */
  validationSteps?: number;
  batchSize?: number;
  learningRate?: number;
  optimizer?: OptimizerName;
  /** uint32; decides the split, the first weights, the order and the dropout */
  seed?: number;
  /** the run's folder; a run that is already there is replaced by the first save; default: runs/<date-time> */
  out?: string;
  /** filters of each Conv2D + MaxPooling2D pair */
  filters?: readonly number[];
  /** units of the hidden Dense layer */
  dense?: number;
  /** height and width of the network's input, pixels */
  imageSize?: number;
  /** fraction of the flattened features dropped in training, 0 <= dropout < 1 */
  dropout?: number;
  interpolation?: Interpolation;
  /** turn photographs as their EXIF orientation says */
  autoOrient?: boolean;
  /** fraction of each class held out when the folder has no validation/ */
  validationSplit?: number;
  onBadImage?: 'skip' | 'fail';
  /** memory for decoded pixels, megabytes (10^6 bytes); default: a share of the machine's memory */
  cacheMemory?: number;
  backend?: BackendChoice;
}

/** The article's settings. */
export const TRAIN_DEFAULTS = {
  epochs: 30,
  batchSize: 20,
  learningRate: 1e-4,
  optimizer: 'rmsprop',
  seed: 1,
  filters: [32, 64, 128, 128],
  dense: 512,
  imageSize: 150,
  dropout: 0,
  interpolation: 'nearest',
  autoOrient: false,
  validationSplit: 0.2,
  onBadImage: 'skip',
  backend: 'auto',
} as const satisfies Partial<TrainOptions>;
