// The input shape that a Sequential network has without an InputLayer.

import { isObject, type Json } from './json.js';

/** As the first layer, or the first one within it, says; undefined where none does. */
export function findInputShape(layer: Json): unknown {
  const config = isObject(layer.config) ? layer.config : {};
  const own = config.batch_input_shape ?? config.batch_shape;
  if (own !== undefined && own !== null) return own;
  const layers = Array.isArray(layer.config) ? layer.config : config.layers;
  const [first] = Array.isArray(layers) ? layers : [];
  if (isObject(first)) return findInputShape(first) ?? config.build_input_shape;
  return isObject(layer.build_config) ? layer.build_config.input_shape : undefined;
}
