import type { BackendName } from '../backend/tfjs/backend.js';
import type { tf } from '../backend/tfjs/tensors.js';
import type { ChannelMeter } from './contract/channel-meter.js';
import { UnsupportedByGraph } from './graph/build/unsupported.js';
import { compileChannelMeter } from './graph/compile-channel-meter.js';
import { LayersChannelMeter } from './tfjs/measure.js';

/**
 * What measures a model's channels on the current backend: one TensorFlow graph where that knows every layer, else tfjs.
 * The model stays the caller's and must not be disposed before.
 *
 * @param layerNames layers that the model has, with one output each
 */
export function openChannelMeter(
  model: tf.LayersModel,
  backend: BackendName,
  layerNames: readonly string[],
): ChannelMeter {
  if (backend !== 'native') return new LayersChannelMeter(model, layerNames);
  try {
    return compileChannelMeter(model, layerNames);
  } catch (error) {
    if (error instanceof UnsupportedByGraph) return new LayersChannelMeter(model, layerNames);
    throw error;
  }
}
