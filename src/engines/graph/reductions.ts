// Reductions of what one layer puts out, image by image, as nodes: each reads the maps once, and none mixes two images.

import { comparedAtMost, saturationLimits, type ValueRange } from '../contract/channel-measurements.js';
import type { NetworkLayer } from '../contract/engine.js';
import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { batchMatMul, binary, bitcast, cast, compare, reduce, reshape } from './build/ops.js';
import { pool } from './layers/pooling2d.js';

/** The tensors of a layer's measurements, by their names in `ChannelMeasurements`. `squares`: where there are no products. */
export type Reductions = Record<'means' | 'minima' | 'maxima' | 'firingCounts', GraphTensor> &
  Record<'saturatedCounts' | 'squares' | 'products', GraphTensor | null>;

/** A layer's output while it is reduced. */
export interface LayerMap {
  graph: GraphBuilder;
  /** [batch, positions, channels] */
  values: GraphTensor;
  height: number;
  width: number;
  channels: number;
}

/** What a layer puts out as a map of positions. */
export function openMap(graph: GraphBuilder, tensor: GraphTensor, { shape }: NetworkLayer): LayerMap {
  const channels = shape.at(-1) as number;
  const [height, width] = sidesOf(shape);
  const values = reshape(graph, tensor, graph.integers([-1, height * width, channels]));
  return { graph, values, height, width, channels };
}

/** Adds the reductions of a layer's output. */
export function addReductions(graph: GraphBuilder, tensor: GraphTensor, layer: NetworkLayer): Reductions {
  const output = openMap(graph, tensor, layer);
  const { values, height, width, channels } = output;
  const { range } = layer;
  const means = poolOverMap(output, 'AvgPool', values);
  const distances = binary(graph, 'Sub', means, values);
  const isCompared = height * width > 1 && channels <= comparedAtMost;
  return {
    means,
    // The same to the last bit where the minimum is 0 or the only value, else to rounding: the maps are not negated for it.
    minima: binary(graph, 'Sub', means, poolOverMap(output, 'MaxPool', distances)),
    maxima: poolOverMap(output, 'MaxPool', values),
    firingCounts: countWhere(output, compare(graph, 'Greater', values, graph.scalar(0))),
    saturatedCounts: range === null ? null : countSaturated(output, range),
    squares: isCompared ? null : reduce(graph, 'Sum', binary(graph, 'Mul', distances, distances), [1]),
    products: isCompared ? batchMatMul(graph, distances, distances, { a: true }) : null,
  };
}

/** Of the map; what is not a map becomes one of the same number of positions. */
function sidesOf(shape: readonly number[]): [height: number, width: number] {
  const [height = 1, ...others] = shape.slice(0, -1);
  return [height, others.reduce((product, size) => product * size, 1)];
}

/** oneDNN's pooling reads memory three times as fast as a reduction. Columns, then rows: that rounds less than all at once. */
export function poolOverMap(
  { graph, height, width, channels }: LayerMap,
  op: 'AvgPool' | 'MaxPool',
  values: GraphTensor,
) {
  const map = reshape(graph, values, graph.integers([-1, height, width, channels]));
  const [column, row] = [[height, 1] as const, [1, width] as const];
  const pooled = pool({ graph }, op, pool({ graph }, op, map, column, column, 'VALID'), row, row, 'VALID');
  return reshape(graph, pooled, graph.integers([-1, 1, channels]));
}

/** The maximum of each row. @returns [batch, height, channels] */
export function poolRows({ graph, height, width, channels }: LayerMap, op: 'MaxPool', values: GraphTensor) {
  const map = reshape(graph, values, graph.integers([-1, height, width, channels]));
  const pooled = pool({ graph }, op, map, [1, width], [1, width], 'VALID');
  return reshape(graph, pooled, graph.integers([-1, height, channels]));
}

function countSaturated(output: LayerMap, range: ValueRange): GraphTensor {
  const { graph, values } = output;
  const [low, high] = saturationLimits(range);
  const isLow = compare(graph, 'Greater', graph.scalar(low), values);
  const isHigh = compare(graph, 'Greater', values, graph.scalar(high));
  return countWhere(output, graph.add('LogicalOr', [isLow, isHigh]));
}

/** As many ones fit into the sum of a byte. */
const largestByte = 255;
const bytesEach = 4;

/**
 * Over the positions. Four bytes of zero or one are added at a time, as an int32, as far as none of them can carry into the
 * next: a quarter of the memory of floats.
 */
function countWhere({ graph, height, width, channels }: LayerMap, condition: GraphTensor): GraphTensor {
  const positions = height * width;
  const terms = largestDivisor(positions, largestByte);
  const sums = positions / terms;
  const byPosition = graph.integers([-1, sums, channels]);
  if ((sums * channels) % bytesEach !== 0) return reduce(graph, 'Sum', cast(graph, condition, 'float'), [1]);
  const words = graph.integers([-1, terms, (sums * channels) / bytesEach, bytesEach]);
  const packed = bitcast(graph, reshape(graph, cast(graph, condition, 'uint8'), words), 'int32');
  const counts = reshape(graph, bitcast(graph, reduce(graph, 'Sum', packed, [1]), 'uint8'), byPosition);
  return reduce(graph, 'Sum', cast(graph, counts, 'float'), [1]);
}

function largestDivisor(number: number, atMost: number): number {
  for (let divisor = Math.min(number, atMost); divisor > 1; divisor--) if (number % divisor === 0) return divisor;
  return 1;
}
