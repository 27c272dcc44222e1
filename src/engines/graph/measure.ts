// Measures channels in a session: what leaves it are reductions of what layers put out, never the maps.

import { type ChannelMeasurements, diagonals } from '../contract/channel-measurements.js';
import type { NetworkLayer } from '../contract/engine.js';
import type { NetworkInput } from '../contract/network-input.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import { inputFeeds } from './build/pixel-input.js';
import type { ForwardPass, NetworkGraph } from './network-graph.js';
import { addReductions, type Reductions } from './reductions.js';
import type { OpenGraph } from './session-state.js';

/** Adds the reductions of every layer, by its name. */
export function addMeasurements(
  { graph }: NetworkGraph,
  { layerOutputs }: ForwardPass,
  layers: readonly NetworkLayer[],
): Map<string, Reductions> {
  return new Map(
    layers.map((layer) => {
      const output = layerOutputs.get(layer.name) as GraphTensor;
      return [layer.name, graph.scoped(`measure/${layer.name}`, () => addReductions(graph, output, layer))];
    }),
  );
}

/** See Engine. */
export function measureChannels(
  { session, network }: OpenGraph,
  measured: ReadonlyMap<string, Reductions>,
  { inputs, size, layers }: { inputs: NetworkInput; size: number; layers: readonly NetworkLayer[] },
): ChannelMeasurements[] {
  const wanted = layers.map(({ name }) => measured.get(name) as Reductions);
  const fetches = wanted.flatMap((reductions) => Object.values(reductions).filter((each) => each !== null));
  const results = fetchArrays(session, inputFeeds(network.pixels, inputs, size), fetches);
  const arrays = new Map(fetches.map((tensor, index) => [tensor, results[index]?.values as Float32Array]));
  const valuesOf = (tensor: GraphTensor | null) => (tensor && arrays.get(tensor)) ?? null;
  return wanted.map((reductions, index) => {
    const { name, shape } = layers[index] as NetworkLayer;
    const products = valuesOf(reductions.products);
    const squares = products ? diagonals(products, shape.at(-1) as number) : valuesOf(reductions.squares);
    return {
      name,
      means: valuesOf(reductions.means) as Float32Array,
      minima: valuesOf(reductions.minima) as Float32Array,
      maxima: valuesOf(reductions.maxima) as Float32Array,
      firingCounts: valuesOf(reductions.firingCounts) as Float32Array,
      saturatedCounts: valuesOf(reductions.saturatedCounts),
      squares: squares as Float32Array,
      products,
    };
  });
}
