import { binary, unary } from '../ops.js';
import { elementwise } from './elementwise.js';

/** max(x, 0); the slope at 0 is 0. */
export const relu = elementwise({
  name: 'relu',
  apply: (graph, input) => unary(graph, 'Relu', input),
  backward: (graph, output, gradient) => binary(graph, 'ReluGrad', gradient, output),
  mergesIntoConvolution: true,
});
