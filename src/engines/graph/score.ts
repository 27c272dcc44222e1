// Class scores and their gradients, as nodes and in a session.

import type { ClassScores, NetworkLayer, ScoreGradient } from '../contract/engine.js';
import { type Feed, fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import { addGradients } from './gradients/add-gradients.js';
import { type ForwardPass, findScores, type NetworkGraph } from './network-graph.js';
import type { OpenGraph } from './session-state.js';

/** What is fed and fetched for scores and their gradients; all with the batch in front. */
export interface ScoreGraph {
  /** placeholder: what each score counts in the sum that is differentiated */
  scoreWeights: GraphTensor;
  scores: GraphTensor;
  outputs: GraphTensor;
  /** that the scores depend on, by name */
  layers: ReadonlyMap<string, DifferentiatedLayer>;
}

interface DifferentiatedLayer {
  output: GraphTensor;
  gradient: GraphTensor;
}

/** Adds the scores that a pass ends with, and their gradients for what every layer before them puts out. */
export function addScores(
  { graph }: NetworkGraph,
  { output, layerOutputs }: ForwardPass,
  fetches: ReadonlyMap<string, GraphTensor>,
  scoreCount: number,
): ScoreGraph {
  const scoreWeights = graph.placeholder('score_weights', [-1, scoreCount]);
  const scores = findScores(graph, output)?.scores ?? output;
  const byTensor = addGradients(graph, { tensor: scores, gradient: scoreWeights }, [...layerOutputs.values()]);
  const layers = [...layerOutputs].flatMap(([name, tensor]): [string, DifferentiatedLayer][] => {
    const gradient = byTensor.get(tensor.name);
    return gradient ? [[name, { output: fetches.get(name) as GraphTensor, gradient }]] : [];
  });
  return { scoreWeights, scores, outputs: output, layers: new Map(layers) };
}

/** See Engine. */
export function computeScores({ session, network }: OpenGraph, graph: ScoreGraph, input: Float32Array): ClassScores {
  const [scores, outputs] = fetchArrays(session, [feedImage(network, input)], [graph.scores, graph.outputs]);
  return { scores: scores?.values as Float32Array, outputs: outputs?.values as Float32Array };
}

/** See Engine. */
export function differentiate(
  { session, network }: OpenGraph,
  { scoreWeights, layers }: ScoreGraph,
  { input, layer, weights }: { input: Float32Array; layer: NetworkLayer; weights: Float32Array },
): ScoreGradient {
  const { output, gradient } = layers.get(layer.name) as DifferentiatedLayer;
  const feeds = [feedImage(network, input), { to: scoreWeights, values: weights, shape: [1, weights.length] }];
  const [shown, slope] = fetchArrays(session, feeds, [output, gradient]);
  return {
    output: { name: layer.name, shape: [1, ...layer.shape], values: shown?.values as Float32Array },
    gradient: slope?.values as Float32Array,
  };
}

function feedImage({ input, inputShape }: NetworkGraph, values: Float32Array): Feed {
  return { to: input, values, shape: [1, ...inputShape] };
}
