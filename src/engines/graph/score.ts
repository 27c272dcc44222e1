// Class scores and their gradients, as nodes and in a session.

import type { ClassScores, ScoreGradients } from '../contract/engine.js';
import type { CorePlaces } from '../contract/engine-core.js';
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
  inputGradient: GraphTensor | undefined;
}

interface DifferentiatedLayer {
  output: GraphTensor;
  gradient: GraphTensor;
}

/** Adds the scores that a pass ends with, and their gradients for what every layer before them puts out. */
export function addScores(
  { graph, input }: NetworkGraph,
  { output, layerOutputs }: ForwardPass,
  fetches: ReadonlyMap<string, GraphTensor>,
  scoreCount: number,
): ScoreGraph {
  const scoreWeights = graph.placeholder('score_weights', [-1, scoreCount]);
  const scores = findScores(graph, output)?.scores ?? output;
  const byTensor = addGradients(graph, { tensor: scores, gradient: scoreWeights }, [input, ...layerOutputs.values()]);
  const layers = [...layerOutputs].flatMap(([name, tensor]): [string, DifferentiatedLayer][] => {
    const gradient = byTensor.get(tensor.name);
    return gradient ? [[name, { output: fetches.get(name) as GraphTensor, gradient }]] : [];
  });
  return {
    scoreWeights,
    scores,
    outputs: output,
    layers: new Map(layers),
    inputGradient: byTensor.get(input.name),
  };
}

/** See Engine. */
export function computeScores({ session, network }: OpenGraph, graph: ScoreGraph, input: Float32Array): ClassScores {
  const [scores, outputs] = fetchArrays(session, [feedImages(network, input)], [graph.scores, graph.outputs]);
  return { scores: scores?.values as Float32Array, outputs: outputs?.values as Float32Array };
}

/** See Engine. */
export function differentiate(
  { session, network }: OpenGraph,
  graph: ScoreGraph,
  { input, places, weights }: { input: Float32Array; places: CorePlaces; weights: Float32Array },
): ScoreGradients {
  const feed = feedImages(network, input);
  const size = feed.shape[0] as number;
  const repeated = Float32Array.from(
    { length: size * weights.length },
    (_, at) => weights[at % weights.length] as number,
  );
  const asked = places.layers.map(({ name }) => graph.layers.get(name) as DifferentiatedLayer);
  const fetched = fetchArrays(
    session,
    [feed, { to: graph.scoreWeights, values: repeated, shape: [size, weights.length] }],
    [
      ...asked.flatMap(({ output, gradient }) => [output, gradient]),
      ...(places.input ? [graph.inputGradient as GraphTensor] : []),
    ],
  ).map(({ values }) => values as Float32Array);
  return {
    layers: places.layers.map(({ name, shape }, index) => ({
      output: { name, shape: [size, ...shape], values: fetched[2 * index] as Float32Array },
      gradient: fetched[2 * index + 1] as Float32Array,
    })),
    input: places.input ? (fetched.at(-1) as Float32Array) : new Float32Array(),
  };
}

function feedImages({ input, inputShape }: NetworkGraph, values: Float32Array): Feed {
  const size = values.length / inputShape.reduce((product, length) => product * length, 1);
  return { to: input, values, shape: [size, ...inputShape] };
}
