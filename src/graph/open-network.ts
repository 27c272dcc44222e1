import type { BackendName } from '../backend/backend.js';
import type { tf } from '../backend/tensors.js';
import { LayersNetwork } from '../model/layers-network.js';
import type { Network } from '../model/network.js';
import { compileInferenceGraph } from './compile-inference.js';
import { UnsupportedByGraph } from './unsupported.js';

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
