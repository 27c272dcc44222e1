import type { GraphTensor } from './graph-builder.js';
import type { Operation, OrderKeeping } from './operation.js';

/** An operation that keeps the order of values. */
export type OrderedOperation = Operation & { readonly keepsOrder: OrderKeeping };

/**
 * Operations and the max pooling that follows them, with the forward pass as it is and the gradient as if the pooling
 * came first: gradients that are not 0 only exist where the maximum was, so that is where they are computed.
 */
export function pooledGradient(operations: readonly OrderedOperation[], pooling: Operation): Operation {
  return {
    name: [...operations, pooling].map(({ name }) => name).join('_'),
    forward(context, input) {
      const outputs: GraphTensor[] = [];
      for (const operation of operations) {
        outputs.push(operation.forward(context, outputs.at(-1) ?? input).output);
      }
      // What an operation would give if the pooling came first. TensorFlow leaves out those that no gradient needs.
      const pooled = outputs.map((output) => pooling.forward(context, output));
      const last = pooled.at(-1) ?? pooling.forward(context, input);
      return {
        output: last.output,
        backward(outputGradient) {
          let gradient = outputGradient;
          const weights: Record<string, GraphTensor> = {};
          for (const [index, { keepsOrder }] of [...operations.entries()].reverse()) {
            const gradients = keepsOrder.backward(context, pooled[index]?.output ?? last.output, gradient);
            Object.assign(weights, gradients.weights);
            gradient = gradients.input;
          }
          return { input: last.backward(gradient).input, weights };
        },
      };
    },
  };
}
