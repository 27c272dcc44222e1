import { requireChannelsLast } from '../layer-config.js';
import type { LayerForward } from '../layer-forward.js';
import type { LayerSpec } from '../layer-spec.js';
import { reshape } from '../ops.js';

/** Flatten: [batch, height, width, channels] -> [batch, height * width * channels]. */
export function flatten(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  return ({ graph }, input) => reshape(graph, input, graph.integers([-1, ...layer.outputShape]));
}
