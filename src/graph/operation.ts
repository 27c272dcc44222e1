import type { GraphBuilder, GraphTensor } from './graph-builder.js';
import type { Variable } from './variables.js';

/** What an operation needs to know of the graph that it becomes a part of. */
export interface OperationContext {
  graph: GraphBuilder;
  /** true: dropout drops, batch normalization uses the batch's own statistics */
  training: boolean;
  variable(weightName: string): Variable;
  /** int32 [2]: a seed for one random op, a function of the run's seed, the step and how many were asked for before */
  nextSeed(): GraphTensor;
  /** what a training step must run besides the optimizer: moving averages. Operations append. */
  updates: GraphTensor[];
}

/** One differentiable piece of a layer: a convolution, a bias, an activation, a pooling. */
export interface Operation {
  readonly name: string;
  /** present: acts on each value by itself, with at most one parameter per channel, and never decreases */
  readonly keepsOrder?: OrderKeeping;
  /** true: the maximum over windows of each channel */
  readonly isMaxPooling?: boolean;
  forward(context: OperationContext, input: GraphTensor): ForwardResult;
}

/**
 * The maximum of a pooling window can as well be taken before an operation that keeps the order of values: the
 * operation, or at least its gradient, then works on what is left.
 */
export interface OrderKeeping {
  /** the gradients, from the output alone */
  backward(context: OperationContext, output: GraphTensor, outputGradient: GraphTensor): Gradients;
  /** true: TensorFlow computes it within the convolution that it follows, so that moving it gains nothing */
  readonly mergesIntoConvolution: boolean;
}

export interface ForwardResult {
  output: GraphTensor;
  /** Adds the gradient ops, given the gradient of the loss for `output`. */
  backward(outputGradient: GraphTensor): Gradients;
}

export interface Gradients {
  /** of the loss for the operation's input; TensorFlow does not compute it when nothing asks for it */
  input: GraphTensor;
  /** of the loss for each trainable weight, by weight name */
  weights?: Record<string, GraphTensor>;
}
