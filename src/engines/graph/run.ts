// Runs layers of a compiled network. Only what the wanted layers need is computed.

import type { LayerOutput, NetworkLayer } from '../contract/engine.js';
import type { NetworkInput } from '../contract/network-input.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import { inputFeeds } from './build/pixel-input.js';
import type { OpenGraph } from './session-state.js';

/** See Engine. @param fetches what each layer's output is fetched by, see addFetches */
export function runLayers(
  { session, network }: OpenGraph,
  fetches: ReadonlyMap<string, GraphTensor>,
  { inputs, size, layers }: { inputs: NetworkInput; size: number; layers: readonly NetworkLayer[] },
): LayerOutput[] {
  const wanted = layers.map(({ name }) => fetches.get(name) as GraphTensor);
  const results = fetchArrays(session, inputFeeds(network.pixels, inputs, size), wanted);
  return results.map((result, index) => ({ name: (layers[index] as NetworkLayer).name, ...result }));
}
