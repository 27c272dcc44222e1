import { binary, unary } from '../ops.js';
import { elementwise } from './elementwise.js';

/** 1 / (1 + exp(-x)) */
export const sigmoid = elementwise({
  name: 'sigmoid',
  apply: (graph, input) => unary(graph, 'Sigmoid', input),
  backward: (graph, output, gradient) => binary(graph, 'SigmoidGrad', output, gradient),
  mergesIntoConvolution: false,
});
