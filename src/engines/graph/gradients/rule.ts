// The interface of a gradient rule.

import type { BuiltNode, GraphBuilder, GraphTensor } from '../build/graph-builder.js';

/** A node to be differentiated. */
export interface GradientCall {
  readonly graph: GraphBuilder;
  readonly node: BuiltNode;
  /** of the node: its first output */
  readonly output: GraphTensor;
  /** how the scalar that is differentiated depends on `output` */
  readonly gradient: GraphTensor;
}

/** Adds the gradient for one input. Only called where it is needed. */
export type Derivative = () => GraphTensor;

/**
 * The gradients of one TensorFlow op for its inputs, in their order; undefined for sizes, axes and statistics, which are
 * not differentiated for.
 */
export type GradientRule = (call: GradientCall, ...inputs: GraphTensor[]) => readonly (Derivative | undefined)[];
