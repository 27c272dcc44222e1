// The training loop: epochs, steps, and interruption.

import { setImmediate } from 'node:timers/promises';
import type { Trainer } from '../engines/contract/trainer.js';
import type { EpochMetrics, History } from '../runs/history.js';
import { completeEpoch, type TrainingProgress } from '../runs/training-progress.js';
import type { ExampleStream } from './examples.js';
import { Meter } from './meter.js';
import { validate } from './validation.js';

/** What the loop works with. */
export interface TrainingLoop {
  trainer: Trainer;
  /** endless */
  examples: ExampleStream;
  /** a new stream each time, of the same batches; absent without validation */
  openValidation?: (() => ExampleStream) | undefined;
  epochs: number;
  /** steps of one epoch */
  steps: number;
  /** batches of one validation */
  validationSteps: number;
  /** of a step from 0, after the whole epochs of a history */
  learningRate: (step: number, history: History) => number;
  /** whether no further epoch is worth its time */
  isEnough: (history: History) => boolean;
  /** uint32 */
  seed: number;
  signal?: AbortSignal | undefined;
}

/** Listeners. Epochs and steps count from 1. */
export interface LoopObserver {
  onEpochStart(epoch: number): void;
  /** meter: of the epoch so far; remainingMs: until the end of the last epoch */
  onStep(epoch: number, step: number, meter: Meter, remainingMs: number): void;
  onValidationStep(step: number, meter: Meter): void;
  /** The epoch is whole; the loop goes on when this is done. */
  onEpochEnd(progress: TrainingProgress, report: EpochReport): Promise<void>;
}

export interface EpochReport {
  metrics: EpochMetrics;
  durationMs: number;
  /** of that time, spent waiting for pixels: 0..1 */
  waitedFraction: number;
}

/** Whether no epoch is left: the last one is done, or further ones are not worth their time. */
export function isComplete({ epochs, isEnough }: TrainingLoop, { epoch, history }: TrainingProgress): boolean {
  return epoch >= epochs || isEnough(history);
}

/**
 * Trains until the last epoch is done or the signal comes; that one ends it after the step of the moment. `progress` is
 * brought forward in place: handed in again, with the trainer's state and the examples of its moment, training goes on
 * as if it had never stopped.
 *
 * @returns whether the signal came first
 */
export async function runTraining(
  loop: TrainingLoop,
  progress: TrainingProgress,
  observer: LoopObserver,
): Promise<{ interrupted: boolean }> {
  const pace = startPace(loop, progress);
  while (!isComplete(loop, progress)) {
    if (loop.signal?.aborted || !(await runEpoch(loop, progress, observer, pace))) return { interrupted: true };
  }
  return { interrupted: false };
}

/** Runs what is left of the epoch under way. Returns false when the signal ended it. */
async function runEpoch(
  loop: TrainingLoop,
  progress: TrainingProgress,
  observer: LoopObserver,
  pace: (step: number) => number,
): Promise<boolean> {
  const { steps, examples, signal } = loop;
  const startedAt = performance.now();
  const waitedBefore = examples.waitedMs;
  const epoch = progress.epoch + 1;
  observer.onEpochStart(epoch);
  const meter = new Meter(progress.sums);
  while (progress.step < epoch * steps) {
    await trainOneStep(loop, progress, meter);
    observer.onStep(epoch, progress.step - progress.epoch * steps, meter, pace(progress.step));
    await setImmediate(); // a step blocks everything else: let timers and signals in
    if (signal?.aborted) return false;
  }
  const validation = await runValidation(loop, observer);
  if (signal?.aborted) return false;
  const rate = loop.learningRate(progress.step - 1, progress.history);
  const metrics = { loss: meter.loss, acc: meter.accuracy, ...validation?.metrics, learning_rate: rate };
  completeEpoch(progress, metrics);
  const durationMs = performance.now() - startedAt;
  const waitedFraction = (examples.waitedMs - waitedBefore + (validation?.waitedMs ?? 0)) / durationMs;
  await observer.onEpochEnd(progress, { metrics, durationMs, waitedFraction });
  return true;
}

async function trainOneStep(
  { trainer, examples, learningRate, seed }: TrainingLoop,
  progress: TrainingProgress,
  meter: Meter,
): Promise<void> {
  const batch = await examples.next();
  // Without a usable image a batch keeps its place and teaches nothing.
  if (batch.size > 0 || trainer.sharesBatches) {
    const { step, history } = progress;
    const settings = { learningRate: learningRate(step, history), seed, step };
    const { loss, correctCount, exampleCount = batch.size } = await trainer.trainStep(batch, settings);
    meter.add(loss * exampleCount, correctCount, exampleCount);
  }
  progress.step++;
  progress.position = examples.position;
}

/** Gives the milliseconds left after a step, from how long those since now have taken. */
function startPace({ epochs, steps }: TrainingLoop, { step: firstStep }: TrainingProgress): (step: number) => number {
  const startedAt = performance.now();
  return (step) => ((performance.now() - startedAt) / (step - firstStep)) * (epochs * steps - step);
}

async function runValidation(
  { trainer, openValidation, validationSteps, signal }: TrainingLoop,
  observer: LoopObserver,
) {
  if (openValidation === undefined) return undefined;
  const examples = openValidation();
  try {
    const onStep = observer.onValidationStep.bind(observer);
    const result = await validate(trainer, examples, { steps: validationSteps, signal, onStep });
    if (result === undefined) return undefined;
    return { metrics: { val_loss: result.loss, val_acc: result.accuracy }, waitedMs: examples.waitedMs };
  } finally {
    await examples.close();
  }
}
