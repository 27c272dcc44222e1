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

/** How a scalar depends on what a chain is made of. */
export interface ChainGradients {
  /** for each trainable weight by its name */
  readonly weights: ReadonlyMap<string, GraphTensor>;
  /** for the output of each layer that has operations, by the layer's name */
  readonly layerOutputs: ReadonlyMap<string, GraphTensor>;
}

/** Adds the gradient ops of a chain, last step first. What nobody fetches is not computed. */
export function buildBackward(graph: GraphBuilder, chain: Chain, outputGradient: GraphTensor): ChainGradients {
  const gradients = { weights: new Map<string, GraphTensor>(), layerOutputs: new Map<string, GraphTensor>() };
  let gradient = outputGradient;
  for (const { layerName, operation, backward } of chain.forwards.toReversed()) {
    if (!gradients.layerOutputs.has(layerName)) gradients.layerOutputs.set(layerName, gradient);
    const { input, weights = {} } = graph.scoped(`${layerName}/${operation.name}/gradient`, () => backward(gradient));
    for (const [name, tensor] of Object.entries(weights)) gradients.weights.set(name, tensor);
    gradient = input;
  }
  return gradients;
}
