import { binary, unary } from '../ops.js';
import { elementwise } from './elementwise.js';

/** x where x > 0, else exp(x) - 1: the exponential linear unit with alpha 1 (Clevert et al., 2016). */
export const elu = elementwise({
  name: 'elu',
  apply: (graph, input) => unary(graph, 'Elu', input),
  backward: (graph, output, gradient) => binary(graph, 'EluGrad', gradient, output),
  mergesIntoConvolution: true,
});
