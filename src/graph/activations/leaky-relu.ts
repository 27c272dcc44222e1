import type { GraphBuilder, GraphTensor } from '../graph-builder.js';
import type { Operation } from '../operation.js';
import { elementwise } from './elementwise.js';

/** x where x > 0, else slope * x. With a negative slope the order of values is not kept. */
export function leakyRelu(slope: number): Operation {
  const attributes = { T: { type: 'float' }, alpha: { float: slope } } as const;
  const name = 'leaky_relu';
  const apply = (graph: GraphBuilder, input: GraphTensor) => graph.add('LeakyRelu', [input], attributes);
  /** @param signs what is above 0 where the input is */
  const backward = (graph: GraphBuilder, signs: GraphTensor, gradient: GraphTensor) =>
    graph.add('LeakyReluGrad', [gradient, signs], attributes);
  if (slope >= 0) return elementwise({ name, apply, backward, mergesIntoConvolution: true });
  return {
    name,
    forward: ({ graph }, input) => ({
      output: apply(graph, input),
      backward: (gradient) => ({ input: backward(graph, input, gradient) }),
    }),
  };
}
