import { requireChannelsLast } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { flatten } from './flatten.js';
import { pool } from './pooling2d.js';

/** GlobalMaxPooling2D: one pooling window over the whole map, [batch, height, width, channels] -> [batch, channels]. */
export function globalMaxPooling2d(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  const [height, width] = layer.inputShape as [number, number, number];
  const flat = flatten(layer);
  const isKept = layer.config.keepdims === true;
  return (context, input) => {
    const maxima = pool(context, 'MaxPool', input, [height, width], [1, 1], 'VALID');
    return isKept ? maxima : flat(context, maxima);
  };
}
