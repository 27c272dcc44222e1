// A model's class scores and their gradients as a graph.

import { encodeSavedModel } from '../../backend/native/saved-model.js';
import { GraphSession } from '../../backend/native/session.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { GraphTensor } from './build/graph-builder.js';
import type { LayerSpec } from './build/layer-spec.js';
import { UnsupportedByGraph } from './build/unsupported.js';
import { addGradients } from './gradients/add-gradients.js';
import { addFetches, addForward, findScores, type NetworkGraph, openNetworkGraph } from './network-graph.js';
import { GraphScores, type ScoreGraph } from './score.js';
import { copyModelWeights } from './session-state.js';

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
  const { graph, input } = network;
  const scoreWeights = graph.placeholder('score_weights', [-1, scoreCount]);
  const { output, layerOutputs } = addForward(network, false);
  const scores = findScores(graph, output)?.scores ?? output;
  const gradients = addGradients(graph, { tensor: scores, gradient: scoreWeights }, [...layerOutputs.values()]);
  const fetches = addFetches(graph, layerOutputs);
  // The last layer's output is the network's own.
  const layers = network.layers.slice(0, -1).flatMap(({ name, outputShape: shape }) => {
    const gradient = gradients.get((layerOutputs.get(name) as GraphTensor).name);
    return gradient ? [{ name, shape, output: fetches.get(name) as GraphTensor, gradient }] : [];
  });
  return { input, scoreWeights, scores, outputs: output, layers };
}
