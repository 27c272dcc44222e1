// The gradient rules of activations.

import { attribute } from '../build/attribute.js';
import { binary, reduce, unary } from '../build/ops.js';
import type { GradientRule } from './rule.js';

/** The slope at 0 is 0. */
export const relu: GradientRule = ({ graph, output, gradient }) => [() => binary(graph, 'ReluGrad', gradient, output)];

export const elu: GradientRule = ({ graph, output, gradient }) => [() => binary(graph, 'EluGrad', gradient, output)];

export const sigmoid: GradientRule = ({ graph, output, gradient }) => [
  () => binary(graph, 'SigmoidGrad', output, gradient),
];

export const tanh: GradientRule = ({ graph, output, gradient }) => [() => binary(graph, 'TanhGrad', output, gradient)];

/** The output has the sign of the input but for a negative slope; by the output the input need not be kept. */
export const leakyRelu: GradientRule = ({ graph, node, output, gradient }, x) => {
  const signs = (attribute(node, 'alpha', 'float') ?? 0) >= 0 ? output : x;
  return [() => graph.add('LeakyReluGrad', [gradient, signs], node.attributes)];
};

/** d x_i = y_i (g_i - sum_j g_j y_j) */
export const softmax: GradientRule = ({ graph, output, gradient }) => [
  () => {
    const sum = reduce(graph, 'Sum', binary(graph, 'Mul', gradient, output), [-1], true);
    return binary(graph, 'Mul', binary(graph, 'Sub', gradient, sum), output);
  },
];

/** d x_i = g_i - exp(y_i) sum_j g_j */
export const logSoftmax: GradientRule = ({ graph, output, gradient }) => [
  () => {
    const sum = reduce(graph, 'Sum', gradient, [-1], true);
    return binary(graph, 'Sub', gradient, binary(graph, 'Mul', unary(graph, 'Exp', output), sum));
  },
];

/** The slope at 0 and at 6 is 0. */
export const relu6: GradientRule = ({ graph, output, gradient }) => [
  () => binary(graph, 'Relu6Grad', gradient, output),
];

export const selu: GradientRule = ({ graph, output, gradient }) => [() => binary(graph, 'SeluGrad', gradient, output)];

export const softplus: GradientRule = ({ graph, gradient }, x) => [() => binary(graph, 'SoftplusGrad', gradient, x)];

export const softsign: GradientRule = ({ graph, gradient }, x) => [() => binary(graph, 'SoftsignGrad', gradient, x)];

/** 2 / sqrt(pi) exp(-x^2) */
export const erf: GradientRule = ({ graph, gradient }, x) => [
  () => {
    const slope = unary(graph, 'Exp', unary(graph, 'Neg', unary(graph, 'Square', x)));
    return binary(graph, 'Mul', gradient, binary(graph, 'Mul', slope, graph.scalar(2 / Math.sqrt(Math.PI))));
  },
];
