// A batch that several workers share, in the graph of one of them.

import { collectiveKeys, FIRST_FREE_KEY, summing } from '../../../cluster/control-graph.js';
import type { GraphBuilder, GraphTensor } from './graph-builder.js';

/** One worker's part of a batch. Whatever is computed over all examples of a batch has to be summed over the workers. */
export interface WorkerShare {
  /** how many workers there are */
  readonly workers: number;
  /** placeholder, int32 [1]: examples of the batch, of all workers */
  readonly total: GraphTensor;
  /** placeholder, int32 [1]: those of the workers before this one */
  readonly first: GraphTensor;
  /** placeholder, [examples]: 1; 0 for the one that a worker without an example gets, since no op takes none */
  readonly presence: GraphTensor;
}

export function addWorkerShare(graph: GraphBuilder, workers: number): WorkerShare {
  return {
    workers,
    total: graph.placeholder('total_examples', [1], 'int32'),
    first: graph.placeholder('first_example', [1], 'int32'),
    presence: graph.placeholder('presence', [-1]),
  };
}

/** The sum of a tensor over all workers: the same bits on each. */
export function sumOverWorkers(graph: GraphBuilder, { workers }: WorkerShare, tensor: GraphTensor): GraphTensor {
  const keys = nextKeys(graph, workers).map((key) => graph.integer(key));
  return graph.add('CollectiveReduceV2', [tensor, ...keys], summing('float'));
}

/**
 * The keys of one more collective operation. Each has its own, and the same operation the same on all workers: they build their
 * graphs in the same order.
 */
export function nextKeys(graph: GraphBuilder, workers: number): number[] {
  const count = graph.built.filter(({ op }) => op.startsWith('Collective')).length;
  return collectiveKeys(workers, FIRST_FREE_KEY + count);
}
