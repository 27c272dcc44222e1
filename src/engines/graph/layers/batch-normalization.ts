import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { readNumber, weightName } from '../build/layer-config.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary, castTo, reshape, sizeOf } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import type { Variable } from '../build/variables.js';
import { addBatchStatistics, type BatchStatistics, normalizeBy } from './worker-normalization.js';

/**
 * BatchNormalization over the last axis (Ioffe and Szegedy, 2015). In training by the batch's mean and variance,
 * which also move the averages: average * momentum + batch * (1 - momentum), the variance without Bessel's
 * correction, as tfjs and Keras have it.
 */
export function batchNormalization(layer: LayerSpec): LayerForward {
  const rank = layer.inputShape.length;
  const axis = readNumber(layer, 'axis');
  if (axis !== -1 && axis !== rank) throw new UnsupportedByGraph(layer.name, `normalizes axis ${axis}, not the last`);
  const channels = layer.inputShape.at(-1) as number;
  return (context, input) => {
    if (rank === 3) return normalize(context, layer, input, channels);
    const { graph } = context;
    const image = reshape(graph, input, graph.integers([-1, 1, 1, channels]));
    return reshape(graph, normalize(context, layer, image, channels), graph.integers([-1, ...layer.inputShape]));
  };
}

function normalize(context: ForwardContext, layer: LayerSpec, input: GraphTensor, channels: number): GraphTensor {
  const { graph, training } = context;
  const averages = {
    mean: context.variable(weightName(layer, 'moving_mean')),
    variance: context.variable(weightName(layer, 'moving_variance')),
  };
  const parameter = (enabled: unknown, ending: string, absent: number) =>
    enabled === false ? constantVector(context, absent, channels) : context.variable(weightName(layer, ending)).value;
  const scale = parameter(layer.config.scale, 'gamma', 1);
  const offset = parameter(layer.config.center, 'beta', 0);
  if (training && context.share) {
    const found = addBatchStatistics(graph, context.share, castTo(graph, input, 'float'));
    moveAverages(context, layer, averages, found);
    return normalizeBy(graph, input, found, { scale, offset, epsilon: readNumber(layer, 'epsilon') });
  }
  const statistics = training
    ? [graph.emptyVector(), graph.emptyVector()]
    : [averages.mean.value, averages.variance.value];
  const output = graph.add('FusedBatchNormV3', [input, scale, offset, ...statistics], {
    T: { type: input.type },
    U: { type: 'float' },
    epsilon: { float: readNumber(layer, 'epsilon') },
    data_format: { string: 'NHWC' },
    is_training: { bool: training },
    exponential_avg_factor: { float: 1 },
  });
  if (training) moveAverages(context, layer, averages, readStatistics(graph, input, output, channels));
  return output;
}

function constantVector({ graph }: ForwardContext, value: number, length: number): GraphTensor {
  return graph.add(
    'Fill',
    [graph.integers([length]), graph.scalar(value)],
    {
      T: { type: 'float' },
      index_type: { type: 'int32' },
    },
    { type: 'float' },
  );
}

function moveAverages(
  { graph, moved }: ForwardContext,
  layer: LayerSpec,
  averages: { mean: Variable; variance: Variable },
  observed: BatchStatistics,
): void {
  const momentum = readNumber(layer, 'momentum');
  const move = (average: Variable, value: GraphTensor) => {
    const kept = binary(graph, 'Mul', moved.get(average) ?? average.value, graph.scalar(momentum));
    const added = binary(graph, 'Mul', value, graph.scalar(1 - momentum));
    moved.set(average, binary(graph, 'AddV2', kept, added));
  };
  move(averages.mean, observed.mean);
  move(averages.variance, observed.variance);
}

function readStatistics(
  graph: GraphBuilder,
  input: GraphTensor,
  output: GraphTensor,
  channels: number,
): BatchStatistics {
  // The op's variance is the sum of squares divided by count - 1 (and by 1 for a single value).
  const count = binary(graph, 'RealDiv', sizeOf(graph, input), graph.scalar(channels));
  const bessel = binary(graph, 'RealDiv', binary(graph, 'Sub', count, graph.scalar(1)), count);
  const variance = binary(graph, 'Mul', graph.output(output, 2, 'float'), bessel);
  return { mean: graph.output(output, 1, 'float'), variance };
}
