import { requireChannelsLast } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { reduce } from '../build/ops.js';

/** GlobalAveragePooling2D: the mean of each channel, [batch, height, width, channels] -> [batch, channels] or, kept as maps, [batch, 1, 1, channels]. */
export function globalAveragePooling2d(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  return ({ graph }, input) => reduce(graph, 'Mean', input, [1, 2], layer.config.keepdims === true);
}
