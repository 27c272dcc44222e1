// What a frozen base makes of the images of a run, once for the whole training.

import type { BackendName } from '../../backend/tfjs/backend.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import { BatchStream } from '../../dataset/stream/batches.js';
import { FeatureSource } from '../../dataset/stream/feature-source.js';
import type { ImageSource } from '../../dataset/stream/image-source.js';
import type { Precision } from '../../engines/contract/precision.js';
import { openEngine } from '../../engines/open.js';
import type { EventListener } from '../shared/events.js';
import type { TrainingEvent } from './events.js';
import type { TrainingData } from './training-data.js';

/** The features of a run's images, in place of their pixels. */
export interface Features {
  train: FeatureSource;
  validation: FeatureSource | undefined;
}

/** Images at a time. It is the same whatever the training's is: the last bits of a feature depend on it. */
const batchSize = 20;

interface FeatureOptions {
  /** whose output the features are: [batch, numbers] */
  layer: string;
  backend: BackendName;
  precision: Precision;
  onEvent: EventListener<TrainingEvent>;
  signal: AbortSignal | undefined;
}

/** @throws CnnvizError BAD_IMAGE, BAD_DATASET; ABORTED */
export async function computeFeatures(
  model: tf.LayersModel,
  { train, validation }: TrainingData,
  { layer, backend, precision, onEvent, signal }: FeatureOptions,
): Promise<Features> {
  const startedAt = performance.now();
  const onFallback = (reason: string) => onEvent({ type: 'note', message: `Base: ${reason}` });
  const network = openEngine(model, backend, { uses: ['run'], precision, onFallback });
  const imageCount = train.files.length + (validation?.files.length ?? 0);
  let done = 0;
  const compute = async (source: ImageSource): Promise<Float32Array> => {
    const width = network.layers.find(({ name }) => name === layer)?.shape[0] as number;
    const features = new Float32Array(source.files.length * width);
    for await (const { pixels, size, fileIndexes } of new BatchStream(source, { batchSize, endPass: 1 })) {
      if (signal?.aborted) throw new CnnvizError('ABORTED', 'stopped before the first step: nothing was learned');
      const [output] = size === 0 ? [] : await network.run(source.toInput(pixels), size, [layer]);
      fileIndexes.forEach((fileIndex, place) => {
        features.set(output?.values.subarray(place * width, (place + 1) * width) ?? [], fileIndex * width);
      });
      done = Math.min(done + batchSize, imageCount);
      onEvent({ type: 'features-step', done, total: imageCount });
    }
    return features;
  };
  try {
    const ofTrain = await compute(train);
    const ofValidation = validation && (await compute(validation));
    const bytes = ofTrain.byteLength + (ofValidation?.byteLength ?? 0);
    const width = ofTrain.length / train.files.length;
    onEvent({ type: 'features', imageCount, width, bytes, durationMs: performance.now() - startedAt });
    return {
      train: new FeatureSource(train, ofTrain),
      validation: validation && ofValidation && new FeatureSource(validation, ofValidation),
    };
  } finally {
    network.dispose();
  }
}
