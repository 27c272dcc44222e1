// Reductions of what layers put out, as nodes and in a session: what leaves it are these, never the maps.

import {
  type ChannelMeasurements,
  comparedAtMost,
  diagonals,
  saturationLimits,
  type ValueRange,
} from '../contract/channel-measurements.js';
import type { NetworkLayer } from '../contract/engine.js';
import type { NetworkInput } from '../contract/network-input.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { batchMatMul, binary, cast, compare, reduce, reshape } from './build/ops.js';
import { inputFeeds } from './build/pixel-input.js';
import type { ForwardPass, NetworkGraph } from './network-graph.js';
import type { OpenGraph } from './session-state.js';

/** The tensors of a layer's measurements, by their names in `ChannelMeasurements`. `squares`: where there are no products. */
type Reductions = Record<'means' | 'minima' | 'maxima' | 'firingCounts', GraphTensor> &
  Record<'saturatedCounts' | 'squares' | 'products', GraphTensor | null>;

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

function addReductions(graph: GraphBuilder, output: GraphTensor, { shape, range }: NetworkLayer): Reductions {
  const channels = shape.at(-1) as number;
  const positions = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  // [batch, positions, channels]
  const values = reshape(graph, output, graph.integers([-1, positions, channels]));
  const means = reduce(graph, 'Mean', values, [1], true);
  const distances = binary(graph, 'Sub', values, means);
  const isCompared = positions > 1 && channels <= comparedAtMost;
  return {
    means,
    minima: reduce(graph, 'Min', values, [1]),
    maxima: reduce(graph, 'Max', values, [1]),
    firingCounts: countWhere(graph, compare(graph, 'Greater', values, graph.scalar(0))),
    saturatedCounts: range === null ? null : countSaturated(graph, values, range),
    squares: isCompared ? null : reduce(graph, 'Sum', binary(graph, 'Mul', distances, distances), [1]),
    products: isCompared ? batchMatMul(graph, distances, distances, { a: true }) : null,
  };
}

function countSaturated(graph: GraphBuilder, values: GraphTensor, range: ValueRange): GraphTensor {
  const [low, high] = saturationLimits(range);
  const isLow = compare(graph, 'Greater', graph.scalar(low), values);
  const isHigh = compare(graph, 'Greater', values, graph.scalar(high));
  return countWhere(graph, graph.add('LogicalOr', [isLow, isHigh]));
}

/** Over the positions. */
function countWhere(graph: GraphBuilder, condition: GraphTensor): GraphTensor {
  return reduce(graph, 'Sum', cast(graph, condition, 'float'), [1]);
}
