// How the layers of a network are computed, as far as the page shows it.

import type { LayerComputation } from '../../network/computation.js';
import { type ComputedLayer, WEIGHTS_BUDGET } from '../../page/computations.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';

/** Reads what each layer computes. Kernels that no page has room for are not even read. */
export function readPageComputations(trained: Pick<TrainedNetwork, 'readComputations'>): Promise<LayerComputation[]> {
  return trained.readComputations((3 * WEIGHTS_BUDGET) / 4);
}

/** As the page has them. */
export function computedLayers(
  computations: readonly LayerComputation[],
  layers: readonly { name: string; shape: readonly number[] }[],
): ComputedLayer[] {
  const channelsOf = new Map(layers.map(({ name, shape }) => [name, shape.at(-1) ?? 1]));
  return computations.map(({ name, rule, inputs, weights }) => {
    return { name, rule, inputs, weights, channels: channelsOf.get(name) ?? 1 };
  });
}
