import type { BackendChoice } from '../backend/select.js';
import type { SplitName } from '../dataset/image-folder.js';
import type { WeightsChoice } from '../model/run.js';
import type { WorkflowOptions } from './events.js';

/** How to find a trained network; the same for every command that uses one. */
export interface ModelOptions {
  /** a run folder or a tfjs layers model.json; default: runs/latest */
  model?: string;
  weights?: WeightsChoice;
  backend?: BackendChoice;
}

export interface EvaluateOptions extends ModelOptions, WorkflowOptions {
  /** folder with train/, validation/ and test/, or with the class folders themselves */
  data: string;
  /** default: test where the folder has one, else validation, else all of a folder of class folders */
  split?: SplitName;
  batchSize?: number;
  /** 0..1; below it BELOW_THRESHOLD is thrown */
  minAccuracy?: number;
  onBadImage?: 'skip' | 'fail';
}

export const EVALUATE_DEFAULTS = {
  model: 'runs/latest',
  weights: 'best',
  batchSize: 20,
  onBadImage: 'skip',
  backend: 'auto',
} as const satisfies Partial<EvaluateOptions>;

export interface PredictOptions extends ModelOptions, WorkflowOptions {
  /** image files, or folders of them */
  images: readonly string[];
  batchSize?: number;
  onBadImage?: 'skip' | 'fail';
}

export const PREDICT_DEFAULTS = {
  model: 'runs/latest',
  weights: 'best',
  batchSize: 20,
  onBadImage: 'skip',
  backend: 'auto',
} as const satisfies Partial<PredictOptions>;
