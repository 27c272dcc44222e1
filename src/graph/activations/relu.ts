import type { Operation } from '../operation.js';
import { binary, unary } from '../ops.js';

/** max(x, 0); the slope at 0 is 0. */
export const relu: Operation = {
  name: 'relu',
  keepsOrder: true,
  forward({ graph }, input) {
    const output = unary(graph, 'Relu', input);
    return { output, backward: (gradient) => ({ input: binary(graph, 'ReluGrad', gradient, output) }) };
  },
};
