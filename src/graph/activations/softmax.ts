import type { Operation } from '../operation.js';
import { binary, reduce, unary } from '../ops.js';

/** exp(x) / sum(exp(x)) over the last axis. Its values depend on each other, so it does not keep their order. */
export const softmax: Operation = {
  name: 'softmax',
  forward({ graph }, input) {
    const output = unary(graph, 'Softmax', input);
    return {
      output,
      backward(gradient) {
        // d x_i = y_i (g_i - sum_j g_j y_j)
        const mean = reduce(graph, 'Sum', binary(graph, 'Mul', gradient, output), [-1], true);
        return { input: binary(graph, 'Mul', binary(graph, 'Sub', gradient, mean), output) };
      },
    };
  },
};
