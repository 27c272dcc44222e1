// How a run was trained, in the words of a program that can go on with it.

import type { ExportedTraining } from '../../formats/write/export-content.js';
import type { FoundRun } from '../../runs/find-model.js';

const OPTIMIZERS = ['rmsprop', 'adam', 'adamw', 'sgd'] as const;

/** Undefined where the run's record does not say it. */
export function readTraining({ record, weights }: FoundRun): ExportedTraining | undefined {
  const { options, history, classNames } = record;
  const optimizer = OPTIMIZERS.find((name) => name === options.optimizer);
  const learningRate = history.learning_rate?.[weights.epoch - 1] ?? options.learningRate;
  if (optimizer === undefined || typeof learningRate !== 'number' || !(learningRate > 0)) return undefined;
  return {
    optimizer,
    learningRate,
    momentum: readNumber(options.momentum),
    weightDecay: readNumber(options.weightDecay),
    labelSmoothing: readNumber(options.labelSmoothing),
    classCount: classNames.length,
  };
}

/** Runs of early versions lack some; 0 is what they did. */
function readNumber(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : 0;
}
