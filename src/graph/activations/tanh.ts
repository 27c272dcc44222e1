import { binary, unary } from '../ops.js';
import { elementwise } from './elementwise.js';

/** The hyperbolic tangent. */
export const tanh = elementwise({
  name: 'tanh',
  apply: (graph, input) => unary(graph, 'Tanh', input),
  backward: (graph, output, gradient) => binary(graph, 'TanhGrad', output, gradient),
  mergesIntoConvolution: false,
});
