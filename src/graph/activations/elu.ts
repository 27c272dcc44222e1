import type { Operation } from '../operation.js';
import { binary, unary } from '../ops.js';

/** x where x > 0, else exp(x) - 1: the exponential linear unit with alpha 1 (Clevert et al., 2016). */
export const elu: Operation = {
  name: 'elu',
  keepsOrder: true,
  forward({ graph }, input) {
    const output = unary(graph, 'Elu', input);
    return { output, backward: (gradient) => ({ input: binary(graph, 'EluGrad', gradient, output) }) };
  },
};
