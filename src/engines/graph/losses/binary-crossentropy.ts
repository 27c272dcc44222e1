// Binary cross-entropy.

import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { binary, cast, compare, reduce, unary } from '../build/ops.js';
import type { Loss } from './loss.js';

/**
 * -y log(p) - (1 - y) log(1 - p) with p = sigmoid(z), the mean over the units. Written as
 * max(z, 0) - z y + log(1 + exp(-|z|)), which neither overflows nor loses digits.
 */
export function binaryCrossentropy(units: number): Loss {
  return {
    activation: 'Sigmoid',
    build(graph, logits, targets) {
      const outputs = unary(graph, 'Sigmoid', logits);
      return {
        outputs,
        perExample: reduce(graph, 'Mean', crossentropy(graph, logits, targets), [1]),
        correct: reduce(graph, 'Mean', sameSide(graph, outputs, targets), [1]),
        gradient(exampleWeights) {
          const share = binary(graph, 'Mul', exampleWeights, graph.scalar(1 / units));
          return binary(graph, 'Mul', binary(graph, 'Sub', outputs, targets), share);
        },
      };
    },
  };
}

function crossentropy(graph: GraphBuilder, logits: GraphTensor, targets: GraphTensor): GraphTensor {
  const linear = binary(graph, 'Sub', unary(graph, 'Relu', logits), binary(graph, 'Mul', logits, targets));
  const decay = unary(graph, 'Exp', unary(graph, 'Neg', unary(graph, 'Abs', logits)));
  return binary(graph, 'AddV2', linear, unary(graph, 'Log1p', decay));
}

/** 1 where output and target lie on the same side of .5, else 0. */
function sameSide(graph: GraphBuilder, outputs: GraphTensor, targets: GraphTensor): GraphTensor {
  const half = graph.scalar(0.5);
  const same = compare(
    graph,
    'Equal',
    compare(graph, 'Greater', outputs, half),
    compare(graph, 'Greater', targets, half),
  );
  return cast(graph, same, 'float');
}
