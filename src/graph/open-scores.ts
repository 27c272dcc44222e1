import type { BackendName } from '../backend/backend.js';
import type { tf } from '../backend/tensors.js';
import { LayersScores } from '../model/layers-scores.js';
import type { ScoreNetwork } from '../model/scores.js';
import { compileScoreGraph } from './compile-scores.js';
import { UnsupportedByGraph } from './unsupported.js';

/**
 * A model's class scores and their gradients on the current backend: as one TensorFlow graph where that knows every
 * layer, else by tfjs. The model stays the caller's and must not be disposed before.
 *
 * @throws CnnvizError BAD_MODEL unless the model has one input and one output of (batch, classes)
 */
export function openScores(model: tf.LayersModel, backend: BackendName): ScoreNetwork {
  if (backend !== 'native') return new LayersScores(model);
  try {
    return compileScoreGraph(model);
  } catch (error) {
    if (error instanceof UnsupportedByGraph) return new LayersScores(model);
    throw error;
  }
}
