import type { GraphTensor } from '../graph-builder.js';
import { readNumber, weightName } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation, OperationContext } from '../operation.js';
import { binary, reshape, shapeOf, sizeOf } from '../ops.js';
import { UnsupportedByGraph } from '../unsupported.js';
import { assignVariable, type Variable } from '../variables.js';

/**
 * BatchNormalization over the last axis (Ioffe and Szegedy, 2015). In training by the batch's mean and variance,
 * which also move the averages: average * momentum + batch * (1 - momentum), the variance without Bessel's
 * correction, as tfjs and Keras have it.
 */
export function batchNormalization(layer: LayerSpec): Operation[] {
  const rank = layer.inputShape.length;
  const axis = readNumber(layer, 'axis');
  if (axis !== -1 && axis !== rank) throw new UnsupportedByGraph(layer.name, `normalizes axis ${axis}, not the last`);
  if (rank !== 1 && rank !== 3) throw new UnsupportedByGraph(layer.name, `normalizes ${rank + 1}-dimensional inputs`);
  return [
    {
      name: 'batch_normalization',
      forward(context, input) {
        const { graph } = context;
        const channels = layer.inputShape.at(-1) as number;
        const image = rank === 3 ? input : reshape(graph, input, graph.integers([-1, 1, 1, channels]));
        const back = (x: GraphTensor) => (rank === 3 ? x : reshape(graph, x, graph.integers([-1, channels])));
        const { output, gradients } = normalize(context, layer, image, channels);
        return {
          output: back(output),
          backward(outputGradient) {
            const { input: inputGradient, weights } = gradients(reshape(graph, outputGradient, shapeOf(graph, image)));
            return { input: back(inputGradient), weights };
          },
        };
      },
    },
  ];
}

function normalize(context: OperationContext, layer: LayerSpec, input: GraphTensor, channels: number) {
  const { graph, training } = context;
  const averages = {
    mean: context.variable(weightName(layer, 'moving_mean')),
    variance: context.variable(weightName(layer, 'moving_variance')),
  };
  const parameter = (enabled: unknown, ending: string, absent: number) =>
    enabled === false ? constantVector(context, absent, channels) : context.variable(weightName(layer, ending)).value;
  const scale = parameter(layer.config.scale, 'gamma', 1);
  const offset = parameter(layer.config.center, 'beta', 0);
  const attributes = {
    T: { type: 'float' },
    U: { type: 'float' },
    epsilon: { float: readNumber(layer, 'epsilon') },
    data_format: { string: 'NHWC' },
    is_training: { bool: training },
  } as const;
  const statistics = training
    ? [graph.emptyVector(), graph.emptyVector()]
    : [averages.mean.value, averages.variance.value];
  const output = graph.add('FusedBatchNormV3', [input, scale, offset, ...statistics], {
    ...attributes,
    exponential_avg_factor: { float: 1 },
  });
  if (training) moveAverages(context, layer, input, output, averages, channels);
  return {
    output,
    gradients(outputGradient: GraphTensor) {
      const reserved = training
        ? [3, 4, 5].map((index) => graph.output(output, index))
        : [...statistics, graph.emptyVector()];
      const inputGradient = graph.add('FusedBatchNormGradV3', [outputGradient, input, scale, ...reserved], attributes);
      const weights: Record<string, GraphTensor> = {};
      if (layer.config.scale !== false) weights[weightName(layer, 'gamma')] = graph.output(inputGradient, 1);
      if (layer.config.center !== false) weights[weightName(layer, 'beta')] = graph.output(inputGradient, 2);
      return { input: inputGradient, weights };
    },
  };
}

function constantVector({ graph }: OperationContext, value: number, length: number): GraphTensor {
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
  { graph, updates }: OperationContext,
  layer: LayerSpec,
  input: GraphTensor,
  output: GraphTensor,
  averages: { mean: Variable; variance: Variable },
  channels: number,
): void {
  const momentum = readNumber(layer, 'momentum');
  const move = (average: Variable, observed: GraphTensor) => {
    const kept = binary(graph, 'Mul', average.value, graph.scalar(momentum));
    const added = binary(graph, 'Mul', observed, graph.scalar(1 - momentum));
    updates.push(assignVariable(graph, average.handle, binary(graph, 'AddV2', kept, added)));
  };
  move(averages.mean, graph.output(output, 1));
  // The op's variance is the sum of squares divided by count - 1 (and by 1 for a single value).
  const count = binary(graph, 'RealDiv', sizeOf(graph, input), graph.scalar(channels));
  const bessel = binary(graph, 'RealDiv', binary(graph, 'Sub', count, graph.scalar(1)), count);
  move(averages.variance, binary(graph, 'Mul', graph.output(output, 2), bessel));
}
