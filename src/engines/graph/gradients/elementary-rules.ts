// The gradient rules of functions of one number.

import { binary, cast, castTo, unary } from '../build/ops.js';
import type { GradientRule } from './rule.js';

/** Of numbers: what is rounded has the slope of what it came from. */
export const conversion: GradientRule = ({ graph, gradient }, x) => [() => castTo(graph, gradient, x.type)];

/** The slope at 0 is 0. */
export const absolute: GradientRule = ({ graph, gradient }, x) => [
  () => binary(graph, 'Mul', gradient, unary(graph, 'Sign', x)),
];

export const exponential: GradientRule = ({ graph, output, gradient }) => [
  () => binary(graph, 'Mul', gradient, output),
];

export const logarithm: GradientRule = ({ graph, gradient }, x) => [() => binary(graph, 'RealDiv', gradient, x)];

export const negative: GradientRule = ({ graph, gradient }) => [() => unary(graph, 'Neg', gradient)];

export const square: GradientRule = ({ graph, gradient }, x) => [
  () => binary(graph, 'Mul', gradient, binary(graph, 'Mul', x, graph.scalar(2))),
];

export const squareRoot: GradientRule = ({ graph, output, gradient }) => [
  () => binary(graph, 'SqrtGrad', output, gradient),
];

export const reciprocalRoot: GradientRule = ({ graph, output, gradient }) => [
  () => binary(graph, 'RsqrtGrad', output, gradient),
];

/** A choice between two values by a condition. */
export const select: GradientRule = ({ graph, gradient }, condition) => [
  undefined,
  () => binary(graph, 'Mul', gradient, cast(graph, condition, 'float')),
  () => {
    const other = binary(graph, 'Sub', graph.scalar(1), cast(graph, condition, 'float'));
    return binary(graph, 'Mul', gradient, other);
  },
];
