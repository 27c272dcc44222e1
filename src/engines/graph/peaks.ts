// Finds where each channel responds most, in a session: the maps stay in it.

import type { ChannelPeaks } from '../contract/channel-peaks.js';
import type { NetworkLayer } from '../contract/engine.js';
import type { NetworkInput } from '../contract/network-input.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { binary, cast, compare, reduce, reshape, shapeOf } from './build/ops.js';
import { inputFeeds } from './build/pixel-input.js';
import type { ForwardPass, NetworkGraph } from './network-graph.js';
import { type LayerMap, openMap, poolOverMap, poolRows } from './reductions.js';
import type { OpenGraph } from './session-state.js';

/** [batch, 1, channels] each */
type Peaks = Record<'means' | 'maxima' | 'places', GraphTensor>;

/** Adds what finds the peaks of every layer, by its name. */
export function addPeaks(
  { graph }: NetworkGraph,
  { layerOutputs }: ForwardPass,
  layers: readonly NetworkLayer[],
): Map<string, Peaks> {
  return new Map(
    layers.map((layer) => {
      const map = openMap(graph, layerOutputs.get(layer.name) as GraphTensor, layer);
      return [layer.name, graph.scoped(`peaks/${layer.name}`, () => findPeaks(map))];
    }),
  );
}

/** Only the maxima of the rows are compared to find the row, and only that row to find the column: the map is read once. */
function findPeaks(map: LayerMap): Peaks {
  const { graph, values, width } = map;
  const rowMaxima = poolRows(map, 'MaxPool', values); // [batch, height, channels]
  const maxima = reduce(graph, 'Max', rowMaxima, [1], true);
  const row = findFirst(graph, rowMaxima, maxima, map.height);
  const column = findFirst(graph, gatherRows(map, row), maxima, width);
  const places = binary(graph, 'AddV2', binary(graph, 'Mul', row, graph.scalar(width)), column);
  return { means: poolOverMap(map, 'AvgPool', values), maxima, places };
}

/**
 * The first of some values that is the largest; the last one where none is, being NaN.
 *
 * @param values [batch, count, channels] @param maxima [batch, 1, channels] @returns [batch, 1, channels]
 */
function findFirst(graph: GraphBuilder, values: GraphTensor, maxima: GraphTensor, count: number): GraphTensor {
  const ranks = graph.numbers(Array.from({ length: count }, (_, index) => [count - index]));
  const isLargest = cast(graph, compare(graph, 'Equal', values, maxima), 'float');
  const rank = reduce(graph, 'Max', binary(graph, 'Mul', isLargest, ranks), [1], true);
  return binary(graph, 'Sub', graph.scalar(count), binary(graph, 'Maximum', rank, graph.scalar(1)));
}

/** The row of each channel's own. @param row [batch, 1, channels] @returns [batch, width, channels] */
function gatherRows({ graph, values, height, width, channels }: LayerMap, row: GraphTensor): GraphTensor {
  const int32 = (op: 'AddV2' | 'Mul', a: GraphTensor, b: GraphTensor) => binary(graph, op, a, b);
  const batch = graph.add(
    'StridedSlice',
    [shapeOf(graph, values), ...[[0], [1], [1]].map((each) => graph.integers(each))],
    { T: { type: 'int32' }, Index: { type: 'int32' }, shrink_axis_mask: { int: 1 } },
  );
  const images = graph.add('Range', [graph.integer(0), batch, graph.integer(1)], { Tidx: { type: 'int32' } });
  const firstRows = int32('Mul', reshape(graph, images, graph.integers([-1, 1, 1])), graph.integer(height));
  const starts = int32('Mul', int32('AddV2', firstRows, cast(graph, row, 'int32')), graph.integer(width * channels));
  const within = graph.integers(
    Array.from({ length: width * channels }, (_, at) => at),
    [1, width, channels],
  );
  const flat = reshape(graph, values, graph.integers([-1]));
  return graph.add('GatherV2', [flat, int32('AddV2', starts, within), graph.integer(0)], {
    Tparams: { type: values.type },
    Tindices: { type: 'int32' },
    Taxis: { type: 'int32' },
  });
}

/** See Engine. */
export function locatePeaks(
  { session, network }: OpenGraph,
  peaks: ReadonlyMap<string, Peaks>,
  { inputs, size, layers }: { inputs: NetworkInput; size: number; layers: readonly NetworkLayer[] },
): ChannelPeaks[] {
  const wanted = layers.map(({ name }) => peaks.get(name) as Peaks);
  const fetches = wanted.flatMap(({ means, maxima, places }) => [means, maxima, places]);
  const results = fetchArrays(session, inputFeeds(network.pixels, inputs, size), fetches);
  return layers.map(({ name }, index) => {
    const [means, maxima, places] = results.slice(3 * index, 3 * index + 3).map(({ values }) => values);
    return { name, means, maxima, places } as ChannelPeaks;
  });
}
