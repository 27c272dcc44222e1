import type { GraphTensor } from './build/graph-builder.js';
import { binary } from './build/ops.js';
import { declareVariable, type Variable } from './build/variables.js';
import type { NetworkGraph } from './network-graph.js';

/** A network whose weights are the moving average of those in training. */
export interface WeightAverage {
  /** the same network with the weights in training */
  readonly trained: NetworkGraph;
  /** those weights, a part of the saved state: `trained/<weight>` */
  readonly slots: readonly Variable[];
  /** placeholder: how much of the average a step keeps */
  readonly momentum: GraphTensor;
  /** Moves the average towards the weights as they are after these updates; returns what a step has to run. */
  update(after: readonly GraphTensor[]): GraphTensor[];
}

/**
 * Adds a second set of all weights, the averages that batch normalization keeps among them: an averaged network needs the
 * statistics of its own inputs, of which the average of the statistics comes near.
 */
export function addWeightAverage(network: NetworkGraph): WeightAverage {
  const { graph } = network;
  const momentum = graph.placeholder('ema_momentum', []);
  const slots = network.weights.map(({ name, shape }) => declareVariable(graph, `trained/${name}`, shape));
  const trained = new Map(network.weights.map(({ name }, index) => [name, slots[index] as Variable]));
  return {
    trained: { ...network, variables: trained },
    slots,
    momentum,
    update: (after) =>
      graph.scoped('average', () => {
        const type = { type: 'float' } as const;
        const updated = graph.add('NoOp', [], {}, { after });
        const share = binary(graph, 'Sub', graph.scalar(1), momentum);
        return [...network.variables].map(([name, { handle, value }]) => {
          const weight = (trained.get(name) as Variable).handle;
          const now = graph.add('ReadVariableOp', [weight], { dtype: type }, { type: 'float', after: [updated] });
          const lost = binary(graph, 'Mul', binary(graph, 'Sub', value, now), share);
          return graph.add('AssignSubVariableOp', [handle, lost], { dtype: type });
        });
      }),
  };
}
