// Where the network sees evidence in the images of a probe, after an epoch.

import type { CellPlaces } from '../../base/cell-places.js';
import { CnnvizError } from '../../base/errors.js';
import type { LayerOutput } from '../../engines/contract/engine.js';
import { type ScoreNetwork, scoresOf } from '../../engines/contract/scores.js';
import type { NetworkEngine } from '../../engines/network-engine.js';
import { hiresCam } from '../../explain/hires-cam.js';
import { locateCells } from '../../explain/locate-cells.js';
import { type SpatialLayer, selectSpatialLayer } from '../../explain/select-layer.js';
import { chooseClasses, classTarget } from '../../explain/targets.js';
import { encodeChannels } from '../../film/codes.js';
import type { FrameEvidence } from '../../film/frame.js';

/** What the evidence of a network is mapped with. */
export interface EvidencePlace {
  engine: NetworkEngine;
  scores: ScoreNetwork;
  /** the one that `explain` takes */
  layer: SpatialLayer;
  cells: CellPlaces;
}

/** @returns why the network has no evidence to show, in words, where it has none */
export function findEvidencePlace(engine: NetworkEngine): EvidencePlace | string {
  try {
    const scores = scoresOf(engine);
    const layer = selectSpatialLayer(scores.layers);
    return { engine, scores, layer, cells: locateCells(layer, engine.inputShape) };
  } catch (error) {
    if (error instanceof CnnvizError && error.code === 'BAD_MODEL') return error.message;
    throw error;
  }
}

/**
 * HiResCAM for the classes that `explain` takes. What the layer puts out is known: no more than what comes after it is computed, once
 * for all classes.
 *
 * @param input the image, preprocessed
 * @param output of the layer
 * @param outputs of the network
 */
export async function mapProbeEvidence(
  { engine, scores, layer, cells }: EvidencePlace,
  input: Float32Array,
  { values: activations }: LayerOutput,
  outputs: Float32Array,
): Promise<FrameEvidence> {
  const [height, width] = layer.shape;
  // Classes are as probable as their scores are high.
  const targets = chooseClasses(outputs, scores.outputKind).map((index) => classTarget(index, scores.scoreCount));
  const repeated = new Float32Array(targets.length * activations.length);
  const weights = new Float32Array(targets.length * scores.scoreCount);
  for (const [index, { scoreWeights }] of targets.entries()) {
    repeated.set(activations, index * activations.length);
    weights.set(scoreWeights, index * scores.scoreCount);
  }
  const gradients = await engine.differentiateFrom(input, layer.name, repeated, weights);
  const maps = targets.map(({ classIndex }, index) => {
    const own = gradients.subarray(index * activations.length, (index + 1) * activations.length);
    const [channel] = encodeChannels(hiresCam({ shape: layer.shape, activations, gradients: own }), 1);
    return { classIndex, channel: channel as FrameEvidence['maps'][number]['channel'] };
  });
  return { layer: layer.name, height, width, cells, maps };
}
