// The scores of an image of which parts are replaced, as nodes and in a session.

import type { InputMasks } from '../contract/engine.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import { binary } from './build/ops.js';
import { addForward, findScores, type NetworkGraph } from './network-graph.js';
import type { OpenGraph } from './session-state.js';

/** What is fed and fetched. */
export interface MaskGraph {
  /** placeholder, [1, ...inputShape] */
  image: GraphTensor;
  /** placeholder, of the same shape */
  fill: GraphTensor;
  /** placeholder, [batch, height, width, 1] */
  masks: GraphTensor;
  scores: GraphTensor;
}

/** Adds one more pass, whose input is put together here: only masks cross into TensorFlow, not a picture for each. */
export function addMaskedScores(network: NetworkGraph): MaskGraph {
  const { graph, inputShape } = network;
  const [height, width] = inputShape as [number, number];
  const image = graph.placeholder('masked_image', [1, ...inputShape]);
  const fill = graph.placeholder('mask_fill', [1, ...inputShape]);
  const masks = graph.placeholder('masks', [-1, height, width, 1]);
  const kept = binary(graph, 'Mul', masks, binary(graph, 'Sub', image, fill));
  const input = binary(graph, 'AddV2', fill, kept);
  const { output } = graph.scoped('masked', () => addForward({ ...network, input }, false));
  return { image, fill, masks, scores: findScores(graph, output)?.scores ?? output };
}

/** See Engine. */
export function computeMaskedScores(
  { session, network: { inputShape } }: OpenGraph,
  graph: MaskGraph,
  { input, masks, fill }: InputMasks & { input: Float32Array },
): Float32Array {
  const [height, width] = inputShape as [number, number];
  const feeds = [
    { to: graph.image, values: input, shape: [1, ...inputShape] },
    { to: graph.fill, values: fill, shape: [1, ...inputShape] },
    { to: graph.masks, values: masks, shape: [masks.length / (height * width), height, width, 1] },
  ];
  return fetchArrays(session, feeds, [graph.scores])[0]?.values as Float32Array;
}
