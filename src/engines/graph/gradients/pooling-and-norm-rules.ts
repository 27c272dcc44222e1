// The gradient rules of bias, pooling and batch normalization.

import { attribute } from '../build/attribute.js';
import type { GraphTensor } from '../build/graph-builder.js';
import { castTo, shapeOf } from '../build/ops.js';
import { nextKeys } from '../build/worker-share.js';
import type { GradientRule } from './rule.js';

/**
 * The bias is added at every position: its gradient is their sum, in float32, since TensorFlow adds up bfloat16 in bfloat16,
 * where small numbers get lost: a tenth of the sum over 12,800 positions was.
 */
export const biasAdd: GradientRule = ({ graph, node, gradient }) => [
  () => gradient,
  () => {
    const attributes = { ...node.attributes, T: { type: 'float' } } as const;
    return graph.add('BiasAddGrad', [castTo(graph, gradient, 'float')], attributes, { type: 'float' });
  },
];

/** Where two values of a window are equal, the first one gets the gradient. */
export const maxPool: GradientRule = ({ graph, node, output, gradient }, input) => [
  () => graph.add('MaxPoolGrad', [input, output, gradient], node.attributes),
];

export const averagePool: GradientRule = ({ graph, node, gradient }, input) => [
  () => graph.add('AvgPoolGrad', [shapeOf(graph, input), gradient], node.attributes, { type: gradient.type }),
];

/**
 * Every worker's loss depends on the sum over all of them: its gradient is the sum of theirs. Another operation, with a key of its
 * own.
 */
export const sumOfWorkers: GradientRule = ({ graph, node, gradient }, _, workers) => [
  () => {
    const size = attribute(graph.nodeOf(workers as GraphTensor), 'value', 'tensor')?.values[0] as number;
    const keys = nextKeys(graph, size).map((key) => graph.integer(key));
    return graph.add('CollectiveReduceV2', [gradient, ...keys], node.attributes);
  },
];

/** One op for input, scale and offset. In training through the batch's statistics, else these are constants. */
export const batchNormalization: GradientRule = (call, input, scale, _offset, mean, variance) => {
  const { graph, node, output, gradient } = call;
  const { exponential_avg_factor: _, ...attributes } = node.attributes;
  const statistics = attribute(node, 'is_training', 'bool')
    ? [3, 4, 5].map((index) => graph.output(output, index, 'float'))
    : [mean, variance, graph.emptyVector()];
  let added: ReturnType<typeof graph.add> | undefined;
  const addOnce = () => {
    added ??= graph.add('FusedBatchNormGradV3', [gradient, input, scale, ...statistics], attributes);
    return added;
  };
  return [addOnce, () => graph.output(addOnce(), 1, 'float'), () => graph.output(addOnce(), 2, 'float')];
};
