import { requireChannelsLast } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { reshape } from '../build/ops.js';

/** Flatten: [batch, height, width, channels] -> [batch, height * width * channels]. */
export function flatten(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  return ({ graph }, input) => reshape(graph, input, graph.integers([-1, ...layer.outputShape]));
}
