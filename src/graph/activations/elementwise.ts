import type { GraphBuilder, GraphTensor } from '../graph-builder.js';
import type { Operation } from '../operation.js';

/** An activation that acts on each value by itself, never decreases, and whose slope follows from its output. */
interface Elementwise {
  name: string;
  apply(graph: GraphBuilder, input: GraphTensor): GraphTensor;
  /** the gradient for the input */
  backward(graph: GraphBuilder, output: GraphTensor, outputGradient: GraphTensor): GraphTensor;
  /** see OrderKeeping */
  mergesIntoConvolution: boolean;
}

export function elementwise({ name, apply, backward, mergesIntoConvolution }: Elementwise): Operation {
  return {
    name,
    keepsOrder: {
      mergesIntoConvolution,
      backward: ({ graph }, output, gradient) => ({ input: backward(graph, output, gradient) }),
    },
    forward({ graph }, input) {
      const output = apply(graph, input);
      return { output, backward: (gradient) => ({ input: backward(graph, output, gradient) }) };
    },
  };
}
