import type { BackendName } from '../backend/tfjs/backend.js';
import type { tf } from '../backend/tfjs/tensors.js';
import type { Network } from './contract/network.js';
import { UnsupportedByGraph } from './graph/build/unsupported.js';
import { compileInferenceGraph } from './graph/compile-inference.js';
import { LayersNetwork } from './tfjs/run.js';

/**
 * The fastest way to run a model on the current backend: as one TensorFlow graph where that knows every layer, else by
 * tfjs-layers. The model stays the caller's and must not be disposed before the network is.
 */
export function openNetwork(model: tf.LayersModel, backend: BackendName): Network {
  if (backend !== 'native') return new LayersNetwork(model);
  try {
    return compileInferenceGraph(model);
  } catch (error) {
    if (error instanceof UnsupportedByGraph) return new LayersNetwork(model);
    throw error;
  }
}
