import { encodeSavedModel } from '../backend/native/saved-model.js';
import { GraphSession } from '../backend/native/session.js';
import type { tf } from '../backend/tensors.js';
import { buildBackward } from './chain.js';
import type { GraphTensor } from './graph-builder.js';
import { GraphScores, type ScoreGraph } from './graph-scores.js';
import type { LayerSpec } from './layer-spec.js';
import { addForward, type NetworkGraph, openNetworkGraph } from './network-graph.js';
import { copyModelWeights } from './session-state.js';
import { UnsupportedByGraph } from './unsupported.js';

/** What turns scores into probabilities: the score is what it gets. */
const PROBABILITY_OPERATIONS = ['sigmoid', 'softmax'];

/**
 * Compiles a model into a graph that gives its class scores and their gradients for any layer's output, as they are in
 * inference. The weights are copied. Throws UnsupportedByGraph. Needs the native backend.
 */
export function compileScoreGraph(model: tf.LayersModel): GraphScores {
  const network = openNetworkGraph(model);
  const last = network.layers.at(-1) as LayerSpec;
  const [scoreCount] = last.outputShape;
  if (scoreCount === undefined || last.outputShape.length !== 1) {
    throw new UnsupportedByGraph(last.name, 'its output is not flat');
  }
  const graph = addScores(network, scoreCount);
  const session = GraphSession.load(encodeSavedModel(network.graph.nodes));
  copyModelWeights(session, [...network.variables.values()], model);
  return new GraphScores(graph, session, network.inputShape, scoreCount);
}

function addScores(network: NetworkGraph, scoreCount: number): ScoreGraph {
  const { graph, steps, input } = network;
  const scoreWeights = graph.placeholder('score_weights', [-1, scoreCount]);
  const chain = addForward(network, steps, false);
  const last = chain.forwards.at(-1);
  const isCut = last !== undefined && PROBABILITY_OPERATIONS.includes(last.operation.name);
  const forwards = isCut ? chain.forwards.slice(0, -1) : chain.forwards;
  const scores = forwards.at(-1)?.output ?? input;
  const { layerOutputs: gradients } = buildBackward(graph, { output: scores, forwards }, scoreWeights);

  const layers: ScoreGraph['layers'][number][] = [];
  let ends: { output: GraphTensor; gradient: GraphTensor } | undefined;
  // The last layer's output is the network's own.
  for (const { name, outputShape: shape } of network.layers.slice(0, -1)) {
    const own = forwards.findLast(({ layerName }) => layerName === name);
    // A layer without operations, as a linear activation is, puts out what it gets.
    if (own) ends = { output: own.output, gradient: gradients.get(name) as GraphTensor };
    if (ends) layers.push({ name, shape, ...ends });
  }
  return { input, scoreWeights, scores, outputs: chain.output, layers };
}
