// What trains a network, and on what: all of it on images, or a new head on the features of a frozen base.

import type { BackendName } from '../../backend/tfjs/backend.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { BatchSource } from '../../dataset/stream/batch-source.js';
import type { Precision } from '../../engines/contract/precision.js';
import type { Trainer } from '../../engines/contract/trainer.js';
import { openClusterTrainer, openTrainer } from '../../engines/open.js';
import { readWeights } from '../../network/store.js';
import { splitTransfer } from '../../network/transfer.js';
import { completeTrainer } from '../../training/head-trainer.js';
import { computeFeatures } from './compute-features.js';
import { toTrainingConfig, trainsOnFeatures } from './settings.js';
import type { TrainingTask } from './training-task.js';

/** A trainer, and where its batches come from. */
export interface Training {
  trainer: Trainer;
  train: BatchSource;
  validation: BatchSource | undefined;
}

/** @throws CnnvizError BAD_MODEL; where features are computed BAD_IMAGE, BAD_DATASET, ABORTED */
export async function openTraining(
  model: tf.LayersModel,
  { backend, precision }: { backend: BackendName; precision: Precision },
  { settings, data, onEvent, cluster }: TrainingTask,
): Promise<Training> {
  const config = toTrainingConfig(settings, data.classNames.length);
  const onFallback = (message: string) => onEvent({ type: 'warning', message });
  if (cluster !== undefined) {
    const trainer = await openClusterTrainer(model, { config, precision, cluster });
    onEvent({ type: 'cluster-traffic', bytesSent: trainer.bytesSent });
    return { trainer, ...data };
  }
  if (!trainsOnFeatures(settings)) {
    return { trainer: openTrainer(model, backend, { config, precision, onFallback }), ...data };
  }
  const { pooling, head } = splitTransfer(model);
  const { signal } = settings;
  const features = await computeFeatures(model, data, { layer: pooling.name, backend, precision, onEvent, signal });
  const trainer = openTrainer(head, backend, { config, precision, onFallback });
  return { trainer: completeTrainer(trainer, readWeights(model)), ...features };
}
