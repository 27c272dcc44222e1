import type { BackendName } from '../backend/tfjs/backend.js';
import type { tf } from '../backend/tfjs/tensors.js';
import type { Trainer } from './contract/trainer.js';
import type { TrainingConfig } from './contract/training-config.js';
import { UnsupportedByGraph } from './graph/build/unsupported.js';
import { GraphTrainer } from './graph/train.js';
import { LayersTrainer } from './tfjs/train.js';

export interface CreatedTrainer {
  trainer: Trainer;
  /** why the graph could not be used although the backend is native */
  fallbackReason?: string;
}

/** The fastest way to train a model on the current backend. The model stays the caller's. @throws CnnvizError BAD_MODEL */
export function createTrainer(model: tf.LayersModel, config: TrainingConfig, backend: BackendName): CreatedTrainer {
  if (backend !== 'native') return { trainer: new LayersTrainer(model, config) };
  try {
    return { trainer: new GraphTrainer(model, config) };
  } catch (error) {
    if (!(error instanceof UnsupportedByGraph)) throw error;
    return { trainer: new LayersTrainer(model, config), fallbackReason: error.message };
  }
}
