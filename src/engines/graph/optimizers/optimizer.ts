import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import type { Variable } from '../build/variables.js';

/** One update rule. The learning rate is fed at every step. */
export interface Optimizer {
  /** what it keeps for each weight, in the weight's shape, 0 at first */
  readonly slots: readonly Slot[];
  /** what it keeps once, numbers, 0 at first */
  readonly scalars?: readonly string[];
  /** Adds what all weights share. */
  prepare(graph: GraphBuilder, learningRate: GraphTensor, scalars: readonly Variable[]): WeightUpdate;
}

export interface Slot {
  readonly name: string;
  /** true: the op needs it and the rule does not; it is not a part of the saved state */
  readonly scratch?: boolean;
}

export interface WeightUpdate {
  /** Adds the update of one weight; `slots` as the optimizer lists them. Returns what has to run. */
  update(weight: Variable, gradient: GraphTensor, slots: readonly Variable[]): GraphTensor;
  /** what has to run once a step besides */
  readonly also: readonly GraphTensor[];
}
