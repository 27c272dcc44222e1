// Categorical cross-entropy.

import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { binary, cast, compare, reduce, unary } from '../build/ops.js';
import type { Loss } from './loss.js';

/** -sum(y log(p)) with p = softmax(z). The targets of an example need not sum to 1. */
export const categoricalCrossentropy: Loss = {
  activation: 'Softmax',
  build(graph, logits, targets) {
    const outputs = unary(graph, 'Softmax', logits);
    const logOutputs = unary(graph, 'LogSoftmax', logits);
    return {
      outputs,
      perExample: unary(graph, 'Neg', reduce(graph, 'Sum', binary(graph, 'Mul', targets, logOutputs), [1])),
      correct: cast(graph, compare(graph, 'Equal', largest(graph, outputs), largest(graph, targets)), 'float'),
      gradient(exampleWeights) {
        const expected = binary(graph, 'Mul', outputs, reduce(graph, 'Sum', targets, [1], true));
        return binary(graph, 'Mul', binary(graph, 'Sub', expected, targets), exampleWeights);
      },
    };
  },
};

/** The index of the largest value of each row. */
function largest(graph: GraphBuilder, x: GraphTensor): GraphTensor {
  const attributes = { T: { type: 'float' }, Tidx: { type: 'int32' }, output_type: { type: 'int64' } } as const;
  return graph.add('ArgMax', [x, graph.integer(1)], attributes, { type: 'int64' });
}
