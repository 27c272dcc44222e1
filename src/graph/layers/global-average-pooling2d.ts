import { requireChannelsLast } from '../layer-config.js';
import type { LayerForward } from '../layer-forward.js';
import type { LayerSpec } from '../layer-spec.js';
import { reduce } from '../ops.js';

/** GlobalAveragePooling2D: the mean of each channel, [batch, height, width, channels] -> [batch, channels]. */
export function globalAveragePooling2d(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  return ({ graph }, input) => reduce(graph, 'Mean', input, [1, 2]);
}
