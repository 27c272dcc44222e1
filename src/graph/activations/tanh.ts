import type { Operation } from '../operation.js';
import { binary, unary } from '../ops.js';

/** The hyperbolic tangent. */
export const tanh: Operation = {
  name: 'tanh',
  keepsOrder: true,
  forward({ graph }, input) {
    const output = unary(graph, 'Tanh', input);
    return { output, backward: (gradient) => ({ input: binary(graph, 'TanhGrad', output, gradient) }) };
  },
};
