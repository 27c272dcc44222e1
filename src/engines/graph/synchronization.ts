// All workers begin with worker 0's variables.

import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { assignVariable, type Variable } from './build/variables.js';
import { nextKeys, type WorkerShare } from './build/worker-share.js';

/** Adds what to fetch once on all workers: it sets variables to those of worker 0. */
export function addSynchronization(
  graph: GraphBuilder,
  share: WorkerShare,
  isFirst: boolean,
  variables: readonly Variable[],
): GraphTensor {
  const attributes = {
    T: { type: 'float' },
    communication_hint: { string: 'ring' },
    timeout_seconds: { float: 0 },
  } as const;
  const copied = variables.map(({ handle, value, shape }) => {
    const keys = nextKeys(graph, share.workers).map((key) => graph.integer(key));
    if (isFirst) return graph.add('CollectiveBcastSendV2', [value, ...keys], attributes);
    const inputs = [...keys, graph.integers(shape)];
    const received = { ...attributes, Tshape: { type: 'int32' } } as const;
    const value0 = graph.add('CollectiveBcastRecvV2', inputs, received, { type: 'float' });
    return assignVariable(graph, handle, value0);
  });
  return graph.add('Identity', [graph.scalar(1)], { T: { type: 'float' } }, { name: 'synchronized', after: copied });
}
