// The optimizer's variables and update, and weight decay.

import { decaysWeight } from '../contract/training-config.js';
import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { binary } from './build/ops.js';
import { declareVariable, type Variable } from './build/variables.js';
import type { NetworkGraph } from './network-graph.js';
import type { Optimizer } from './optimizers/optimizer.js';

/** An optimizer's part of a graph. */
export interface OptimizerGraph {
  /** all that it keeps */
  readonly variables: readonly Variable[];
  /** what of it is a part of the saved state, named `<slot>/<weight>` */
  readonly saved: readonly Variable[];
  /** Adds the updates of all trainable weights; returns what a step has to run. */
  update(gradients: ReadonlyMap<string, GraphTensor>): GraphTensor[];
}

/** @param weightDecay decoupled, see TrainingConfig */
export function addOptimizer(
  network: NetworkGraph,
  optimizer: Optimizer,
  learningRate: GraphTensor,
  weightDecay: number,
): OptimizerGraph {
  const { graph } = network;
  const scalars = (optimizer.scalars ?? []).map((name) => declareVariable(graph, name, []));
  const trainable = network.weights.filter(({ trainable }) => trainable);
  const slots = trainable.map(({ name, shape }) =>
    optimizer.slots.map((slot) => declareVariable(graph, `${slot.name}/${name}`, shape)),
  );
  const savedSlots = slots.flatMap((variables) => variables.filter((_, index) => !optimizer.slots[index]?.scratch));
  return {
    variables: [...scalars, ...slots.flat()],
    saved: [...scalars, ...savedSlots],
    update: (gradients) =>
      graph.scoped('optimizer', () => {
        const { update, also } = optimizer.prepare(graph, learningRate, scalars);
        const decay = binary(graph, 'Mul', learningRate, graph.scalar(weightDecay));
        const updates = trainable.map(({ name, shape }, index) => {
          const weight = network.variables.get(name) as Variable;
          const updated = update(weight, gradients.get(name) as GraphTensor, slots[index] as Variable[]);
          return weightDecay > 0 && decaysWeight(shape) ? shrink(graph, weight, decay, updated) : updated;
        });
        return [...updates, ...also];
      }),
  };
}

/** Takes a share of what a weight was before the step off it, after the update. */
function shrink(graph: GraphBuilder, { handle, value }: Variable, share: GraphTensor, updated: GraphTensor) {
  const lost = binary(graph, 'Mul', value, share);
  return graph.add('AssignSubVariableOp', [handle, lost], { dtype: { type: 'float' } }, { after: [updated] });
}
