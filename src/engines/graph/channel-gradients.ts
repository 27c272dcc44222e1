// How the means of a layer's channels depend on the image, as a graph of its own for each layer.

import { encodeSavedModel } from '../../backend/native/saved-model.js';
import { GraphSession } from '../../backend/native/session.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { ChannelObjective } from '../contract/engine-core.js';
import type { NetworkPlan } from '../contract/network-plan.js';
import type { Precision } from '../contract/precision.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { binary, castTo, leakyRelu, reduce, unary } from './build/ops.js';
import { UnsupportedByGraph } from './build/unsupported.js';
import { addGradients } from './gradients/add-gradients.js';
import { addForward, findScores, type NetworkGraph, openNetworkGraph } from './network-graph.js';
import { copyModelWeights } from './session-state.js';

type Differentiated = Pick<ChannelObjective, 'layer' | 'slope'>;

interface ChannelGraph {
  network: NetworkGraph;
  /** placeholder, [batch, channels] */
  weights: GraphTensor;
  /** [batch, ...inputShape] */
  gradient: GraphTensor;
}

/** A graph for the layer that was asked for last: whoever ascends stays with one for hundreds of calls. */
export class ChannelDifferentiator {
  readonly #model: tf.LayersModel;
  readonly #plan: NetworkPlan;
  readonly #precision: Precision;
  #open: { objective: Differentiated; graph: ChannelGraph; session: GraphSession } | undefined;

  /** Throws UnsupportedByGraph for a network that cannot be differentiated. */
  constructor(model: tf.LayersModel, plan: NetworkPlan, precision: Precision) {
    this.#model = model;
    this.#plan = plan;
    this.#precision = precision;
    this.#build({ layer: plan.layers.at(-1) ?? null, slope: 0 });
  }

  /** See Engine. */
  differentiate(inputs: Float32Array, objective: ChannelObjective): Float32Array {
    const { graph, session } = this.#openFor(objective);
    const { weights } = objective;
    const { inputShape } = this.#plan;
    const size = inputs.length / inputShape.reduce((product, length) => product * length, 1);
    const channels = weights.length / size;
    const feeds = [
      { to: graph.network.input, values: inputs, shape: [size, ...inputShape] },
      { to: graph.weights, values: weights, shape: [size, channels] },
    ];
    return fetchArrays(session, feeds, [graph.gradient])[0]?.values as Float32Array;
  }

  dispose(): void {
    this.#open?.session.dispose();
    this.#open = undefined;
  }

  #openFor({ layer, slope }: Differentiated) {
    const { objective } = this.#open ?? {};
    if (this.#open === undefined || objective?.layer !== layer || objective?.slope !== slope) {
      this.dispose();
      const graph = this.#build({ layer, slope });
      const session = GraphSession.load(encodeSavedModel(graph.network.graph.nodes));
      copyModelWeights({ session, network: graph.network }, this.#model);
      this.#open = { objective: { layer, slope }, graph, session };
    }
    return this.#open;
  }

  #build({ layer, slope }: Differentiated): ChannelGraph {
    const network = openNetworkGraph(this.#model, this.#precision, this.#plan);
    const { graph, input } = network;
    const { output, layerOutputs } = addForward(network, false);
    const tensor =
      layer === null
        ? (findScores(graph, output)?.scores ?? output)
        : leak(graph, layerOutputs.get(layer.name) as GraphTensor, slope);
    const rank = layer?.shape.length ?? 1;
    const places = Array.from({ length: rank - 1 }, (_, axis) => axis + 1);
    const means = places.length === 0 ? tensor : reduce(graph, 'Mean', tensor, places);
    const weights = graph.placeholder('channel_weights', [
      -1,
      layer?.shape.at(-1) ?? (this.#plan.scoreCount as number),
    ]);
    const gradient = addGradients(graph, { tensor: means, gradient: weights }, [input]).get(input.name);
    if (gradient === undefined) throw new UnsupportedByGraph(layer?.name ?? 'scores', 'does not depend on the image');
    return { network, weights, gradient };
  }
}

/** A layer's output, where it ends in a relu or relu6 with this slope below 0. */
function leak(graph: GraphBuilder, output: GraphTensor, slope: number): GraphTensor {
  const { op, inputs } = graph.nodeOf(output);
  const [input] = inputs;
  if (input === undefined || slope === 0) return output;
  if (op === 'Identity') return leak(graph, input, slope);
  if (op === 'Relu') return leakyRelu(graph, input, slope);
  if (op !== 'Relu6') return output;
  const below = castTo(graph, unary(graph, 'Relu', unary(graph, 'Neg', input)), 'float');
  return binary(graph, 'Sub', castTo(graph, output, 'float'), binary(graph, 'Mul', below, graph.scalar(slope)));
}
