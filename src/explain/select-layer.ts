// Selects the layer to explain at.

import { CnnvizError } from '../base/errors.js';
import { suggest } from '../base/near-name.js';
import type { ReceptiveField } from '../engines/contract/receptive-field.js';

/** A layer that puts out maps, channel by channel. */
export interface SpatialLayer {
  name: string;
  /** [height, width, channels] */
  shape: readonly [number, number, number];
  /** what each cell of the maps sees of the input; null where it may be everything */
  field: ReceptiveField | null;
}

/** Any layer, of any shape. */
type AnyLayer = Omit<SpatialLayer, 'shape'> & { shape: readonly number[] };

/**
 * The layer to explain by: the named one, else the last one whose output still has a place for everything, that is more
 * than one position.
 *
 * @param layers between input and scores, in the network's order
 * @throws CnnvizError NOT_FOUND for a layer that is not there or has no height and width, BAD_MODEL when none has
 */
export function selectSpatialLayer(layers: readonly AnyLayer[], name?: string): SpatialLayer {
  const spatial = layers.filter(({ shape }) => shape.length === 3);
  if (name === undefined) {
    const last = spatial.findLast(({ shape: [height = 1, width = 1] }) => height * width > 1);
    if (last !== undefined) return last as SpatialLayer;
    throw new CnnvizError(
      'BAD_MODEL',
      'the network has no layer whose output has height and width, so there is nothing to map',
    );
  }
  const chosen = spatial.find((layer) => layer.name === name);
  if (chosen !== undefined) return chosen as SpatialLayer;
  const isThere = layers.some((layer) => layer.name === name);
  const problem = isThere ? `${name} has no height and width` : `the network has no layer "${name}" before its scores`;
  const names = spatial.map((layer) => layer.name);
  throw new CnnvizError('NOT_FOUND', `layer: ${problem}`, {
    options: ['layer'],
    hint: `${isThere ? '' : suggest(name, names)}Layers that can be used: ${names.join(', ')}.`,
  });
}
