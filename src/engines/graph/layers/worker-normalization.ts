// Batch normalization over a batch that several workers share.

import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { binary, cast, castTo, elementCount, reduce, reshape, unary } from '../build/ops.js';
import { sumOverWorkers, type WorkerShare } from '../build/worker-share.js';

/** What a batch is normalized by, each [channels] in float32: the same bits on all workers. */
export interface BatchStatistics {
  mean: GraphTensor;
  /** without Bessel's correction */
  variance: GraphTensor;
}

/**
 * The mean and variance of all workers' examples, in two sums over the workers: the mean of squares less the square of the mean
 * would lose digits. Their gradients are sums over the workers, too, see the rule of CollectiveReduceV2.
 *
 * @param x [examples, height, width, channels], float
 */
export function addBatchStatistics(graph: GraphBuilder, share: WorkerShare, x: GraphTensor): BatchStatistics {
  const present = reshape(graph, share.presence, graph.integers([-1, 1, 1, 1]));
  const places = countPlaces(graph, x, share.presence);
  const count = binary(graph, 'Mul', cast(graph, share.total, 'float'), places); // [1]
  const average = (values: GraphTensor) => {
    const own = reduce(graph, 'Sum', binary(graph, 'Mul', values, present), [0, 1, 2]);
    return binary(graph, 'RealDiv', sumOverWorkers(graph, share, own), count);
  };
  const mean = average(x);
  return { mean, variance: average(unary(graph, 'Square', binary(graph, 'Sub', x, mean))) };
}

/** Values of a channel in one example, as a float. */
function countPlaces(graph: GraphBuilder, x: GraphTensor, presence: GraphTensor): GraphTensor {
  const channel = graph.add('Slice', [x, graph.integers([0, 0, 0, 0]), graph.integers([-1, -1, -1, 1])], {
    T: { type: x.type },
    Index: { type: 'int32' },
  });
  return cast(graph, binary(graph, 'FloorDiv', elementCount(graph, channel), elementCount(graph, presence)), 'float');
}

/** (x - mean) / sqrt(variance + epsilon) * scale + offset, in the input's type. */
export function normalizeBy(
  graph: GraphBuilder,
  input: GraphTensor,
  { mean, variance }: BatchStatistics,
  { scale, offset, epsilon }: { scale: GraphTensor; offset: GraphTensor; epsilon: number },
): GraphTensor {
  const x = castTo(graph, input, 'float');
  const inverse = unary(graph, 'Rsqrt', binary(graph, 'AddV2', variance, graph.scalar(epsilon)));
  const factor = binary(graph, 'Mul', inverse, scale);
  const centered = binary(graph, 'Sub', x, mean);
  return castTo(graph, binary(graph, 'AddV2', binary(graph, 'Mul', centered, factor), offset), input.type);
}
