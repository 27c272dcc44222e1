import type { BackendName } from '../backend/tfjs/backend.js';
import type { tf } from '../backend/tfjs/tensors.js';
import type { ScoreNetwork } from './contract/scores.js';
import { UnsupportedByGraph } from './graph/build/unsupported.js';
import { compileScoreGraph } from './graph/compile-scores.js';
import { LayersScores } from './tfjs/score.js';

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
