// A network as a graph whose weights are constants: to be run elsewhere, never trained.

import type { GraphNode } from '../../backend/native/saved-model.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import { readPlan } from '../contract/network-plan.js';
import { GraphBuilder, type GraphTensor, nodeName } from './build/graph-builder.js';
import { readNetwork, readWeights } from './build/layer-spec.js';
import type { Variable } from './build/variables.js';
import { layerForward } from './layers/layer-kinds.js';
import { addForward } from './network-graph.js';

/** A network in a graph. */
export interface FrozenNetwork {
  readonly graph: GraphBuilder;
  /** of each of the network's outputs */
  readonly outputs: readonly FrozenOutput[];
}

export interface FrozenOutput {
  /** the layer that gives it */
  readonly name: string;
  readonly tensor: GraphTensor;
  /** without the batch */
  readonly shape: readonly number[];
}

/**
 * Builds the graph.
 *
 * @param addInput adds what the network gets, [batch, ...shape]
 * @throws UnsupportedByGraph
 */
export function freezeNetwork(
  model: tf.LayersModel,
  addInput: (graph: GraphBuilder, shape: readonly number[]) => GraphTensor,
): FrozenNetwork {
  const weights = readWeights(model);
  const { inputShape, inputId, calls, layers, outputs } = readNetwork(readPlan(model), weights);
  const forwards = calls.map((layer) => ({ layer, forward: layerForward(layer) }));
  const graph = new GraphBuilder();
  const input = addInput(graph, inputShape);
  const variables = new Map(
    weights.map(({ name, shape, variable }) => {
      const values = variable.read().dataSync<'float32'>();
      return [name, addConstant(graph, name, shape, values)];
    }),
  );
  const seed = graph.integers([0, 0]);
  const precision = 'float32' as const;
  const network = { graph, precision, calls: forwards, layers, outputs, variables, input, inputId, seed };
  const { layerOutputs } = addForward(network, false);
  return {
    graph,
    outputs: outputs.map(({ name, outputShape }) => {
      return { name, tensor: layerOutputs.get(name) as GraphTensor, shape: outputShape };
    }),
  };
}

/** Stands for a variable whose value only is asked for. */
function addConstant(graph: GraphBuilder, name: string, shape: readonly number[], values: Float32Array): Variable {
  const attributes = { dtype: { type: 'float' }, value: { tensor: { shape, values } } } as const;
  const value = graph.add('Const', [], attributes, { name, type: 'float' });
  return { name, shape, value, handle: value, input: value, assigned: value };
}

/** The nodes that some tensors depend on, as TensorFlow takes them. */
export function nodesBehind(graph: GraphBuilder, tensors: readonly GraphTensor[]): GraphNode[] {
  const needed = new Set<string>();
  const pending = tensors.map(nodeName);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    const { inputs, after } = graph.nodeOf({ name, type: 'float' });
    pending.push(...inputs.map(nodeName), ...after.map(nodeName));
  }
  return graph.nodes.filter(({ name }) => needed.has(name));
}
