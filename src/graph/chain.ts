import type { GraphBuilder, GraphTensor } from './graph-builder.js';
import type { ForwardResult, OperationContext } from './operation.js';
import type { Step } from './pool-first.js';

/** A chain of operations, built into a graph. */
export interface Chain {
  readonly output: GraphTensor;
  readonly forwards: readonly (Step & ForwardResult)[];
}

/** Adds the forward pass of the steps, each one fed by the one before. */
export function buildForward(context: OperationContext, input: GraphTensor, steps: readonly Step[]): Chain {
  let output = input;
  const forwards = steps.map((step) => {
    const result = context.graph.scoped(`${step.layerName}/${step.operation.name}`, () =>
      step.operation.forward(context, output),
    );
    output = result.output;
    return { ...step, ...result };
  });
  return { output, forwards };
}

/** Adds the gradient ops of a chain, last step first, and returns the gradient of each trainable weight by its name. */
export function buildBackward(
  graph: GraphBuilder,
  chain: Chain,
  outputGradient: GraphTensor,
): Map<string, GraphTensor> {
  const gradients = new Map<string, GraphTensor>();
  let gradient = outputGradient;
  for (const { layerName, operation, backward } of chain.forwards.toReversed()) {
    const { input, weights = {} } = graph.scoped(`${layerName}/${operation.name}/gradient`, () => backward(gradient));
    for (const [name, tensor] of Object.entries(weights)) gradients.set(name, tensor);
    gradient = input;
  }
  return gradients;
}
