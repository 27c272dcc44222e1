import type { Operation } from '../operation.js';
import { binary, unary } from '../ops.js';

/** 1 / (1 + exp(-x)) */
export const sigmoid: Operation = {
  name: 'sigmoid',
  keepsOrder: true,
  forward({ graph }, input) {
    const output = unary(graph, 'Sigmoid', input);
    return { output, backward: (gradient) => ({ input: binary(graph, 'SigmoidGrad', output, gradient) }) };
  },
};
