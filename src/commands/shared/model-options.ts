import type { BackendChoice } from '../../backend/tfjs/backend.js';
import { fillDefaults, requireInteger, requireNumber, requireOneOf, requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import type { WeightsChoice } from '../../runs/run.js';
import type { WorkflowOptions } from './events.js';
import { SPLIT_CHOICES, type SplitChoice } from './split-parts.js';

/** How to find a trained network; the same for every command that uses one. */
export interface ModelOptions {
  /** a run folder or a tfjs layers model.json; default: runs/latest */
  model?: string;
  /** default: those that the run was made for, mostly the best epoch's */
  weights?: WeightsChoice;
  backend?: BackendChoice;
}

/** How a trained network gets its images. */
export interface OrientationOptions {
  /** rotate images by their EXIF orientation; default: as the run was trained, and no rotation without a run */
  autoOrient?: boolean;
}

export interface EvaluateOptions extends ModelOptions, OrientationOptions, WorkflowOptions {
  /** folder with train/, validation/ and test/, or with the class folders themselves */
  data: string;
  /**
   * default: test where the folder has one, else validation, else all. In the folder that the network was trained on,
   * validation and train are the run's own images that are still there; unseen: those that it has never seen.
   */
  split?: SplitChoice;
  batchSize?: number;
  /** 0..1; below it BELOW_THRESHOLD is thrown */
  minAccuracy?: number;
  /** how many of the worst mistakes are listed and shown, 0 to 200 */
  mistakes?: number;
  /** a folder for pictures: confusion matrix, ROC, reliability, the worst mistakes */
  out?: string;
  onBadImage?: 'skip' | 'fail';
}

const RUNNING_DEFAULTS = {
  model: 'runs/latest',
  batchSize: 20,
  onBadImage: 'skip',
  backend: 'auto',
} as const;

export const EVALUATE_DEFAULTS = { ...RUNNING_DEFAULTS, mistakes: 16 } as const satisfies Partial<EvaluateOptions>;

export interface PredictOptions extends ModelOptions, OrientationOptions, WorkflowOptions {
  /** image files, or folders of them */
  images: readonly string[];
  batchSize?: number;
  /** skip: a bad image is left out and listed; the only image of a call is never skipped */
  onBadImage?: 'skip' | 'fail';
  /** a file for a table: path, class, and the probability of every class, a column a class */
  csv?: string;
}

export const PREDICT_DEFAULTS = RUNNING_DEFAULTS satisfies Partial<PredictOptions>;

type Settled<Options> = Options & Required<Pick<Options, keyof typeof RUNNING_DEFAULTS & keyof Options>>;

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function settleEvaluateOptions(options: EvaluateOptions): Settled<EvaluateOptions> & { mistakes: number } {
  const settings = fillDefaults(EVALUATE_DEFAULTS, options);
  checkRunning(settings);
  requireText('data', settings.data, 'a folder of images');
  if (settings.split !== undefined) requireOneOf('split', settings.split, SPLIT_CHOICES);
  if (settings.minAccuracy !== undefined) {
    requireNumber('minAccuracy', settings.minAccuracy, 'a number from 0 to 1', (value) => value >= 0 && value <= 1);
  }
  requireInteger('mistakes', settings.mistakes, 0, 200);
  if (settings.out !== undefined) requireText('out', settings.out, 'a folder');
  return settings;
}

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function settlePredictOptions(options: PredictOptions): Settled<PredictOptions> {
  const settings = fillDefaults(PREDICT_DEFAULTS, options);
  checkRunning(settings);
  if (settings.images.length === 0) throw badArgument('images', 'at least one image file or folder', 'none');
  if (settings.csv !== undefined) requireText('csv', settings.csv, 'a file');
  return settings;
}

function checkRunning(settings: Settled<Omit<EvaluateOptions, 'data'>>): void {
  requireText('model', settings.model, 'a run folder or a model file');
  requireInteger('batchSize', settings.batchSize, 1);
  requireOneOf('onBadImage', settings.onBadImage, ['skip', 'fail']);
  requireOneOf('backend', settings.backend, ['auto', 'native', 'wasm', 'cpu']);
}
