// Evaluates a trainer on validation batches.

import { setImmediate } from 'node:timers/promises';
import type { Trainer } from '../engines/contract/trainer.js';
import type { ExampleStream } from './examples.js';
import { Meter } from './meter.js';

export interface ValidationOptions {
  /** batches */
  steps: number;
  signal?: AbortSignal | undefined;
  /** after every batch; step from 1 */
  onStep?: (step: number, meter: Meter) => void;
}

/**
 * Evaluates the network on the next `steps` batches: means over all their examples, however they fall into batches.
 *
 * @returns undefined when it was interrupted
 */
export async function validate(
  trainer: Trainer,
  examples: ExampleStream,
  { steps, signal, onStep }: ValidationOptions,
): Promise<{ loss: number; accuracy: number } | undefined> {
  const meter = new Meter();
  for (let step = 1; step <= steps; step++) {
    const batch = await examples.next();
    if (batch.size > 0 || trainer.sharesBatches) {
      const { lossSum, correctCount, exampleCount = batch.size } = await trainer.evaluateBatch(batch);
      meter.add(lossSum, correctCount, exampleCount);
    }
    onStep?.(step, meter);
    await setImmediate(); // a step blocks everything else: let timers and signals in
    if (signal?.aborted) return undefined;
  }
  return { loss: meter.loss, accuracy: meter.accuracy };
}
