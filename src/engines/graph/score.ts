// Class scores and their gradients, as nodes and in a session.

import type { ClassScores, NetworkLayer, ScoreGradients } from '../contract/engine.js';
import type { CorePlaces } from '../contract/engine-core.js';
import { endsInRelu } from '../contract/layer-kind.js';
import { type Feed, fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import { unary } from './build/ops.js';
import { addGradients, type GradientStart } from './gradients/add-gradients.js';
import { type ForwardPass, findScores, type NetworkGraph } from './network-graph.js';
import type { OpenGraph } from './session-state.js';
import { sumOverImages } from './sum-gradients.js';

/** What is fed and fetched for scores and their gradients; all with the batch in front. */
export interface ScoreGraph {
  /** placeholder: what each score counts in the sum that is differentiated */
  scoreWeights: GraphTensor;
  scores: GraphTensor;
  outputs: GraphTensor;
  /** that the scores depend on, by name */
  layers: ReadonlyMap<string, DifferentiatedLayer>;
  inputGradient: GraphTensor | undefined;
  /** the sum over the images, [1, ...] */
  summedGradient: GraphTensor | undefined;
  /** by guided backpropagation */
  guidedGradient: GraphTensor | undefined;
}

interface DifferentiatedLayer {
  /** what the layers after it get */
  source: GraphTensor;
  output: GraphTensor;
  gradient: GraphTensor;
}

/** Adds the scores that a pass ends with, and their gradients for what every layer before them puts out. */
export function addScores(
  network: NetworkGraph,
  { output, layerOutputs }: ForwardPass,
  fetches: ReadonlyMap<string, GraphTensor>,
  { scoreCount, guided }: { scoreCount: number; guided: boolean },
): ScoreGraph {
  const { graph, input } = network;
  const scoreWeights = graph.placeholder('score_weights', [-1, scoreCount]);
  const scores = findScores(graph, output)?.scores ?? output;
  const start = { tensor: scores, gradient: scoreWeights };
  const byTensor = addGradients(graph, start, [input, ...layerOutputs.values()]);
  const layers = [...layerOutputs].flatMap(([name, tensor]): [string, DifferentiatedLayer][] => {
    const gradient = byTensor.get(tensor.name);
    return gradient ? [[name, { source: tensor, output: fetches.get(name) as GraphTensor, gradient }]] : [];
  });
  const inputGradient = byTensor.get(input.name);
  return {
    scoreWeights,
    scores,
    outputs: output,
    layers: new Map(layers),
    inputGradient,
    summedGradient: inputGradient && sumOverImages(graph, inputGradient),
    guidedGradient: guided ? addGuidedGradient(network, start, layerOutputs) : undefined,
  };
}

/** What arrives at the output of a relu goes on only where it is above 0. */
function addGuidedGradient(
  { graph, input, layers }: NetworkGraph,
  start: GradientStart,
  layerOutputs: ForwardPass['layerOutputs'],
): GraphTensor | undefined {
  const relus = layers.filter(({ className, config }) => endsInRelu(className, config));
  const outputs = new Set(relus.map(({ name }) => layerOutputs.get(name)?.name));
  return addGradients(graph, start, [input], ({ name }, gradient) => {
    return outputs.has(name) ? unary(graph, 'Relu', gradient) : gradient;
  }).get(input.name);
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
  const feeds = feedImagesAndWeights(network, graph, input, weights);
  const size = feeds[0].shape[0] as number;
  const asked = places.layers.map(({ name }) => graph.layers.get(name) as DifferentiatedLayer);
  const ofInput = [...(places.input ? [graph.inputGradient] : []), ...(places.guided ? [graph.guidedGradient] : [])];
  const fetched = fetchArrays(session, feeds, [
    ...asked.flatMap(({ output, gradient }) => [output, gradient]),
    ...(ofInput as GraphTensor[]),
  ]).map(({ values }) => values as Float32Array);
  return {
    layers: places.layers.map(({ name, shape }, index) => ({
      output: { name, shape: [size, ...shape], values: fetched[2 * index] as Float32Array },
      gradient: fetched[2 * index + 1] as Float32Array,
    })),
    input: places.input ? (fetched[2 * asked.length] as Float32Array) : new Float32Array(),
    guided: places.guided ? (fetched.at(-1) as Float32Array) : new Float32Array(),
  };
}

/** See Engine. */
export function sumGradients(
  { session, network }: OpenGraph,
  graph: ScoreGraph,
  { input, weights }: { input: Float32Array; weights: Float32Array },
): Float32Array {
  const feeds = feedImagesAndWeights(network, graph, input, weights);
  return fetchArrays(session, feeds, [graph.summedGradient as GraphTensor])[0]?.values as Float32Array;
}

/** See Engine. */
export function computeScoresFrom(
  { session, network }: OpenGraph,
  graph: ScoreGraph,
  replaced: ReplacedOutputs,
): Float32Array {
  return fetchArrays(session, feedOutputs(network, graph, replaced), [graph.scores])[0]?.values as Float32Array;
}

/** See NetworkEngine. */
export function differentiateFrom(
  { session, network }: OpenGraph,
  graph: ScoreGraph,
  { weights, ...replaced }: ReplacedOutputs & { weights: Float32Array },
): Float32Array {
  const [images, outputs] = feedOutputs(network, graph, replaced);
  const size = outputs.shape[0] as number;
  const feeds = [images, outputs, { to: graph.scoreWeights, values: weights, shape: [size, weights.length / size] }];
  const { gradient } = graph.layers.get(replaced.layer.name) as DifferentiatedLayer;
  return fetchArrays(session, feeds, [gradient])[0]?.values as Float32Array;
}

/** What a layer puts out instead of what it computes. */
interface ReplacedOutputs {
  /** one image */
  input: Float32Array;
  layer: NetworkLayer;
  /** [size, ...the layer's shape] */
  outputs: Float32Array;
}

function feedOutputs(
  network: NetworkGraph,
  graph: ScoreGraph,
  { input, layer, outputs }: ReplacedOutputs,
): [Feed, Feed] {
  const size = outputs.length / layer.shape.reduce((product, length) => product * length, 1);
  const images = new Float32Array(size * input.length);
  for (let index = 0; index < size; index++) images.set(input, index * input.length);
  const { source } = graph.layers.get(layer.name) as DifferentiatedLayer;
  return [feedImages(network, images), { to: source, values: outputs, shape: [size, ...layer.shape] }];
}

/** The same weights for every image. */
function feedImagesAndWeights(
  network: NetworkGraph,
  { scoreWeights }: ScoreGraph,
  input: Float32Array,
  weights: Float32Array,
): [Feed, Feed] {
  const images = feedImages(network, input);
  const size = images.shape[0] as number;
  const values = new Float32Array(size * weights.length);
  for (let image = 0; image < size; image++) values.set(weights, image * weights.length);
  return [images, { to: scoreWeights, values, shape: [size, weights.length] }];
}

function feedImages({ input, inputShape }: NetworkGraph, values: Float32Array): Feed {
  const size = values.length / inputShape.reduce((product, length) => product * length, 1);
  return { to: input, values, shape: [size, ...inputShape] };
}
