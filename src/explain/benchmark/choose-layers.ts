// The layers that methods are compared at where none is named.

import type { ScoredLayer } from '../../engines/contract/scores.js';

/** How many; an earlier one has more cells, and often the better explanation. */
const compared = 2;

/**
 * The last pooling layers of a network whose maps have several positions, of one without poolings the last maps of each size; and the
 * last maps of all, which are explained by where nothing is asked for.
 */
export function chooseComparedLayers(layers: readonly ScoredLayer[]): string[] {
  const maps = layers.filter(
    ({ shape: [height = 1, width = 1, channels] }) => channels !== undefined && height * width > 1,
  );
  const poolings = maps.filter(({ kind }) => kind.includes('Pooling2D'));
  const lastOfSize = new Map(maps.map((layer) => [layer.shape.slice(0, 2).join(), layer]));
  const chosen =
    poolings.length >= compared ? poolings : maps.filter((layer) => [...lastOfSize.values()].includes(layer));
  return [...new Set([...chosen.slice(-compared), ...maps.slice(-1)])].map(({ name }) => name);
}
