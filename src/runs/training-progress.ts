import type { StreamPosition } from '../dataset/stream/batch.js';
import { appendEpoch, type EpochMetrics, type History } from './history.js';

/** Sums over the examples seen so far. */
export interface ExampleSums {
  loss: number;
  correctCount: number;
  exampleCount: number;
}

/** All that the training loop remembers from one step to the next: with the trainer's state, where a run can go on. */
export interface TrainingProgress {
  /** whole epochs done, validation included */
  epoch: number;
  /** training steps done, of all epochs */
  step: number;
  /** where the next batch begins */
  position: StreamPosition;
  /** of the epoch under way */
  sums: ExampleSums;
  /** steps in a row, up to now, whose loss was far above that of the first epoch */
  runawaySteps: number;
  /** of the whole epochs */
  history: History;
}

export function beginProgress(): TrainingProgress {
  return { epoch: 0, step: 0, position: { pass: 0, offset: 0 }, sums: zeroSums(), runawaySteps: 0, history: {} };
}

/** Counts the epoch under way as done. */
export function completeEpoch(progress: TrainingProgress, metrics: EpochMetrics): void {
  progress.epoch++;
  progress.history = appendEpoch(progress.history, metrics);
  progress.sums = zeroSums();
}

export function zeroSums(): ExampleSums {
  return { loss: 0, correctCount: 0, exampleCount: 0 };
}
