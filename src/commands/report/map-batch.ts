// The evidence for the predicted class of each image of a batch, with one look at the network for all of one class.

import type { LayerOutput } from '../../engines/contract/engine.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { hiresCam } from '../../explain/hires-cam.js';
import type { SpatialLayer } from '../../explain/select-layer.js';
import { classTarget } from '../../explain/targets.js';

/** Where a network is asked. */
export interface MappedLayers {
  scores: ScoreNetwork;
  /** of the maps */
  layer: SpatialLayer;
  /** of the features that images are compared by; undefined: they are not compared */
  featureLayer?: string | undefined;
}

export interface MappedImage {
  /** evidence for the predicted class, cell by cell */
  map: Float32Array;
  /** what the network decides by, and how its score depends on each; empty where images are not compared */
  features: Float32Array;
  weights: Float32Array;
}

/**
 * HiResCAM of each image of a batch.
 *
 * @param inputs [predicted.length, ...inputShape]
 * @param predicted class of each image
 */
export async function mapBatch(
  inputs: Float32Array,
  predicted: readonly number[],
  { scores, layer, featureLayer }: MappedLayers,
): Promise<MappedImage[]> {
  const { scoreCount } = scores;
  const size = inputs.length / predicted.length;
  const mapped = new Array<MappedImage>(predicted.length);
  const layerNames = [layer.name, ...(featureLayer === undefined ? [] : [featureLayer])];
  for (const [classIndex, places] of groupByClass(predicted)) {
    const own = new Float32Array(places.length * size);
    for (const [at, place] of places.entries()) own.set(inputs.subarray(place * size, (place + 1) * size), at * size);
    const { scoreWeights } = classTarget(classIndex, scoreCount);
    const { layers } = await scores.differentiateAll(own, { layerNames, input: false }, scoreWeights);
    const [maps, features] = layerNames.map((name) => layers.find(({ output }) => output.name === name));
    for (const [at, place] of places.entries()) {
      const part = (values: Float32Array) => takePart(values, at, places.length);
      mapped[place] = {
        map: hiresCam({
          shape: layer.shape,
          activations: part(valuesOf(maps?.output)),
          gradients: part(maps?.gradient ?? none),
        }),
        features: part(valuesOf(features?.output)),
        weights: part(features?.gradient ?? none),
      };
    }
  }
  return mapped;
}

const none = new Float32Array();

function valuesOf(output: LayerOutput | undefined): Float32Array {
  return output?.values ?? none;
}

function takePart(values: Float32Array, at: number, count: number): Float32Array {
  const size = values.length / count;
  return values.slice(at * size, (at + 1) * size);
}

function groupByClass(predicted: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [place, classIndex] of predicted.entries()) {
    groups.set(classIndex, [...(groups.get(classIndex) ?? []), place]);
  }
  return groups;
}
