// Which layer holds the features that a network decides by.

import { CnnvizError } from '../base/errors.js';
import type { NetworkLayer } from '../engines/contract/engine.js';

type Layer = Pick<NetworkLayer, 'name' | 'kind' | 'shape'>;

/**
 * The layer whose values the last Dense layer gets: the last hidden Dense layer, what comes of it by Dropout or the like, or
 * in a network without one the pooled features. Of a network that ends without a Dense layer, the last values before the output.
 *
 * @throws CnnvizError BAD_MODEL for a network without such a layer
 */
export function selectFeatures(layers: readonly Layer[], outputNames: readonly string[]): Layer {
  const lastDense = layers.findLastIndex(({ kind }) => kind === 'Dense');
  const before = layers.slice(0, lastDense < 0 ? layers.length : lastDense);
  const features = before.findLast(({ name, kind, shape }) => {
    return shape.length === 1 && kind !== 'InputLayer' && !outputNames.includes(name);
  });
  if (features !== undefined) return features;
  throw new CnnvizError(
    'BAD_MODEL',
    'the network has no layer of features before its classes: expected a Dense layer, a global pooling or a Flatten there',
  );
}
