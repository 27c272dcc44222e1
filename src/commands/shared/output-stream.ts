// A network's outputs, batch by batch.

import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import type { Batch } from '../../dataset/stream/batch.js';
import { BatchStream } from '../../dataset/stream/batches.js';
import { toImageInput } from '../../dataset/stream/image-input.js';
import type { ImageSource } from '../../dataset/stream/image-source.js';
import type { Engine } from '../../engines/contract/engine.js';
import type { WorkflowOptions } from './events.js';

/** A batch and what the network's last layer gave for it. */
export interface BatchOutputs {
  batch: Batch;
  /** [batch.size, units] */
  outputs: Float32Array;
}

/**
 * Every image of a source once, in their order; batches without a usable image are left out.
 *
 * @throws CnnvizError BAD_IMAGE, BAD_DATASET as the source does, ABORTED between two batches
 */
export async function* streamBatches(
  source: ImageSource,
  { batchSize, signal, onEvent }: WorkflowOptions & { batchSize: number },
): AsyncGenerator<Batch> {
  onEvent?.({ type: 'stage', stage: 'first-images' });
  const batches = new BatchStream(source, { batchSize, endPass: 1 });
  const startedAt = performance.now();
  let step = 0;
  let imageCount = 0;
  for await (const batch of batches) {
    if (batch.size > 0) yield batch;
    step++;
    imageCount += batch.size;
    const imagesPerSecond = (imageCount * 1000) / (performance.now() - startedAt);
    onEvent?.({ type: 'evaluation-step', step, steps: batches.batchesPerPass, imagesPerSecond });
    await setImmediate(); // a native run blocks everything else: let timers and signals in
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped after ${imageCount} images`);
  }
}

/**
 * Runs the network over every image of a source once, as `streamBatches` gives them, and throws as that does.
 *
 * @throws CnnvizError BAD_MODEL for a network with several outputs
 */
export async function* streamOutputs(
  network: Engine,
  source: ImageSource,
  settings: WorkflowOptions & { batchSize: number },
): AsyncGenerator<BatchOutputs> {
  const [outputName = '', ...others] = network.outputNames;
  if (others.length > 0) {
    const names = network.outputNames.join(', ');
    throw new CnnvizError('BAD_MODEL', `the network has several outputs (${names}): expected one, with the classes`);
  }
  for await (const batch of streamBatches(source, settings)) {
    const inputs = toImageInput(batch.pixels, source.preprocessing);
    const [output] = await network.run(inputs, batch.size, [outputName]);
    yield { batch, outputs: output?.values as Float32Array };
  }
}
