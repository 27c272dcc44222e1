import { setImmediate } from 'node:timers/promises';
import type { EpochMetrics } from '../model/history.js';
import type { ExampleStream } from './examples.js';
import { Meter } from './meter.js';
import type { Trainer } from './trainer.js';
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
  learningRate: number;
  /** uint32 */
  seed: number;
  signal?: AbortSignal | undefined;
}

/** How far training has come. */
export interface TrainingProgress {
  /** whole epochs done, validation included */
  epoch: number;
  /** training steps done, of all epochs */
  step: number;
}

/** Who is told. Epochs and steps count from 1. */
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

/** Trains until the last epoch is done or the signal comes; that one ends it after the step of the moment. */
export async function runTraining(
  loop: TrainingLoop,
  observer: LoopObserver,
): Promise<TrainingProgress & { interrupted: boolean }> {
  const { epochs, steps, examples, signal } = loop;
  const startedAt = performance.now();
  const totalSteps = epochs * steps;
  if (signal?.aborted) return { epoch: 0, step: 0, interrupted: true };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const epochStartedAt = performance.now();
    const waitedBefore = examples.waitedMs;
    observer.onEpochStart(epoch);
    const meter = new Meter();
    for (let step = 1; step <= steps; step++) {
      const done = (epoch - 1) * steps + step;
      await trainOneStep(loop, done - 1, meter);
      const remainingMs = ((performance.now() - startedAt) / done) * (totalSteps - done);
      observer.onStep(epoch, step, meter, remainingMs);
      await setImmediate(); // a step blocks everything else: let timers and signals in
      if (signal?.aborted) return { epoch: epoch - 1, step: done, interrupted: true };
    }
    const step = epoch * steps;
    const validation = await runValidation(loop, observer);
    if (signal?.aborted) return { epoch: epoch - 1, step, interrupted: true };
    const durationMs = performance.now() - epochStartedAt;
    const waitedFraction = (examples.waitedMs - waitedBefore + (validation?.waitedMs ?? 0)) / durationMs;
    const metrics = { loss: meter.loss, acc: meter.accuracy, ...validation?.metrics };
    await observer.onEpochEnd({ epoch, step }, { metrics, durationMs, waitedFraction });
    if (signal?.aborted && epoch < epochs) return { epoch, step, interrupted: true };
  }
  return { epoch: epochs, step: totalSteps, interrupted: false };
}

/** @param step of all epochs, from 0 */
async function trainOneStep({ trainer, examples, learningRate, seed }: TrainingLoop, step: number, meter: Meter) {
  const batch = await examples.next();
  if (batch.size === 0) return; // every photograph of it is bad: it keeps its place and teaches nothing
  const { loss, correctCount } = await trainer.trainStep(batch, { learningRate, seed, step });
  meter.add(loss * batch.size, correctCount, batch.size);
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
