import { requireChannelsLast } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';
import { flatten } from './flatten.js';
import { maxPool } from './max-pooling2d.js';

/** GlobalMaxPooling2D: one pooling window over the whole map, [batch, height, width, channels] -> [batch, channels]. */
export function globalMaxPooling2d(layer: LayerSpec): Operation[] {
  requireChannelsLast(layer);
  const [height, width] = layer.inputShape as [number, number, number];
  return [maxPool([height, width], [1, 1], 'VALID'), ...flatten(layer)];
}
