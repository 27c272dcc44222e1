// Replaces what a network has learned by random numbers, from the last layer on.

import { tf } from '../backend/tfjs/tensors.js';
import { createRandom, permutation, type Random } from '../base/random.js';
import { describeModel } from './describe.js';

/** How far a network is redrawn: from its end on, up to the last layer, up to the last maps, or as a whole. */
export const DEPTHS = ['last', 'afterMaps', 'all'] as const;

export type Depth = (typeof DEPTHS)[number];

/**
 * The layers with weights from the network's end up to a depth, the last one first: the order of cascading randomization (Adebayo
 * et al.: "Sanity Checks for Saliency Maps", NeurIPS 2018).
 */
export function listLayers(model: tf.LayersModel, depth: Depth): string[] {
  const { layers } = describeModel(model);
  const lastMaps = layers.findLastIndex(
    ({ outputShape: [, height, width, channels] }) => channels !== undefined && Number(height) * Number(width) > 1,
  );
  const weighted = [...layers.entries()].filter(([, { parameterCount }]) => parameterCount > 0).reverse();
  const names = weighted.map(([, { name }]) => name);
  if (depth === 'all') return names;
  if (depth === 'last') return names.slice(0, 1);
  const afterMaps = weighted.filter(([index]) => index > lastMaps).map(([, { name }]) => name);
  // Without weights there, as in a network that only pools after its last convolution, that convolution decides.
  return afterMaps.length > 0 ? afterMaps : names.slice(0, 1);
}

/** A network's weights as they are, to be put back. */
export function keepWeights(model: tf.LayersModel): { restore(): void } {
  const kept = model.layers.map((layer) => ({ layer, values: readWeights(layer) }));
  return {
    restore() {
      for (const { layer, values } of kept) setWeights(layer, values);
    },
  };
}

function readWeights(layer: tf.layers.Layer): Float32Array[] {
  return layer.getWeights().map((weight) => (weight.dataSync() as Float32Array).slice());
}

/**
 * Draws the weights of some layers again: kernels from a normal distribution with their own standard deviation, so that scores stay
 * of their size; vectors (biases, the numbers of a normalization) in another order.
 *
 * @param seed uint32
 */
export function redrawWeights(model: tf.LayersModel, layerNames: readonly string[], seed: number): void {
  for (const [index, name] of layerNames.entries()) {
    const random = createRandom(seed, 'benchmark', index);
    const layer = model.getLayer(name);
    const ranks = layer.getWeights().map(({ rank }) => rank);
    const redraw = (values: Float32Array, at: number) =>
      (ranks[at] as number) > 1 ? drawNormal(values, random) : shuffle(values, random);
    setWeights(layer, readWeights(layer).map(redraw));
  }
}

function setWeights(layer: tf.layers.Layer, values: readonly Float32Array[]): void {
  tf.tidy(() => {
    const shapes = layer.getWeights().map(({ shape }) => shape);
    layer.setWeights(values.map((data, index) => tf.tensor(data, shapes[index])));
  });
}

/** Numbers of a normal distribution around 0 (Box and Muller, 1958). */
function drawNormal(values: Float32Array, random: Random): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map(() => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

function shuffle(values: Float32Array, random: Random): Float32Array {
  return Float32Array.from(permutation(values.length, random), (index) => values[index] as number);
}
