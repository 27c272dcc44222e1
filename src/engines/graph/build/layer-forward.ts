import type { DataType } from '../../../backend/native/saved-model.js';
import type { GraphBuilder, GraphTensor } from './graph-builder.js';
import type { Variable } from './variables.js';
import type { WorkerShare } from './worker-share.js';

/** What a layer needs to know of the graph that it becomes a part of. */
export interface ForwardContext {
  graph: GraphBuilder;
  /** true: dropout drops, batch normalization uses the batch's own statistics */
  training: boolean;
  /** of the batch that several workers share; absent: this one's batch is all there is */
  share?: WorkerShare | undefined;
  /** what convolutions are computed in */
  convolutionType: DataType;
  variable(weightName: string): Variable;
  /** int32 [2]: a seed for one random op, a function of the run's seed, the step and how many were asked for before */
  nextSeed(): GraphTensor;
  /** moving averages and what they become by this pass; a layer that is called again goes on from there */
  moved: Map<Variable, GraphTensor>;
}

/**
 * Adds what a layer computes and returns its output. Its gradient follows from the TensorFlow ops that it is made of: each
 * of them needs a rule in gradients/rules.ts, or the layer is left to tfjs where it has to be differentiated.
 */
export type LayerForward = (context: ForwardContext, ...inputs: GraphTensor[]) => GraphTensor;
