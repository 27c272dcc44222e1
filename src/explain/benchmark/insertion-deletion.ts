// Insertion minus deletion: whether the pixels that a map ranks first make the class.

import type { Plane } from '../../base/plane.js';
import type { Random } from '../../base/random.js';
import { permutation } from '../../base/random.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { type FillName, fillFor } from '../fill.js';

/** What stands for pixels that are taken away. Black would be an object of its own to many networks. */
export const FILLS = ['blur', 'mean'] as const satisfies FillName[];

export type Fill = (typeof FILLS)[number];

/** An image with what is known of it whatever the map. */
export interface PerturbedImage {
  /** [height, width, channels], preprocessed */
  input: Float32Array;
  channels: number;
  /** of each fill: the image without any of its own pixels, and the class's probability then */
  filled: Record<Fill, { input: Float32Array; probability: number }>;
  /** of the whole image, 0..1 */
  probability: number;
}

/** The class's probability, 0..1, of several images one after the other. */
export type ProbabilityOf = (inputs: Float32Array) => Promise<number[]>;

/** Of the pixels, from one point of a curve to the next. */
const steps = 10;

/** That a network is shown for one map and one fill. */
export const imagesOfCurve = 2 * (steps - 1);

/** Prepares an image: its copies without its own pixels, and what the network says of them. */
export async function perturbImage(
  input: Float32Array,
  inputShape: readonly [number, number, number],
  probabilityOf: ProbabilityOf,
): Promise<PerturbedImage> {
  const [blur, mean] = FILLS.map((fill) => fillFor(fill, input, { inputShape, black: [] })) as [
    Float32Array,
    Float32Array,
  ];
  const found = (await probabilityOf(join([input, blur, mean]))) as [number, number, number];
  const filled = { blur: { input: blur, probability: found[1] }, mean: { input: mean, probability: found[2] } };
  return { input, channels: inputShape[2], filled, probability: found[0] };
}

/**
 * Insertion minus deletion, -1..1: the area under the class's probability while the pixels come back in the order of the map,
 * the highest first, less that while they are taken away in this order. About 0 for a map that has nothing to do with the class.
 * In tenths of the image, by trapezoids.
 *
 * Petsiuk, Das, Saenko: "RISE: Randomized Input Sampling for Explanation of Black-box Models", BMVC 2018, section 4.3.
 *
 * @param map of the input's height and width
 * @param random the order of pixels with equal values
 */
export async function insertionMinusDeletion(
  { input, channels, filled, probability }: PerturbedImage,
  map: Plane,
  { probabilityOf, random }: { probabilityOf: ProbabilityOf; random: Random },
): Promise<Record<Fill, number>> {
  const order = rankPixels(map, random);
  const parts = Array.from({ length: steps - 1 }, (_, step) =>
    order.subarray(0, Math.round(((step + 1) / steps) * order.length)),
  );
  const result = {} as Record<Fill, number>;
  for (const fill of FILLS) {
    const { input: without, probability: last } = filled[fill];
    const images = [
      ...parts.map((part) => exchange(without, input, part, channels)),
      ...parts.map((part) => exchange(input, without, part, channels)),
    ];
    const found = await probabilityOf(join(images));
    const insertion = [last, ...found.slice(0, parts.length), probability];
    const deletion = [probability, ...found.slice(parts.length), last];
    result[fill] = areaUnder(insertion) - areaUnder(deletion);
  }
  return result;
}

/** Pixels by their values, the highest first. */
function rankPixels({ values }: Plane, random: Random): Uint32Array {
  const shuffled = permutation(values.length, random);
  return shuffled.sort((a, b) => (values[b] as number) - (values[a] as number));
}

/** An image with some pixels of another one. */
function exchange(image: Float32Array, other: Float32Array, pixels: Uint32Array, channels: number): Float32Array {
  const mixed = image.slice();
  for (const pixel of pixels) {
    const at = pixel * channels;
    for (let index = at; index < at + channels; index++) mixed[index] = other[index] as number;
  }
  return mixed;
}

function areaUnder(curve: readonly number[]): number {
  const ends = ((curve[0] as number) + (curve.at(-1) as number)) / 2;
  return (curve.reduce((sum, value) => sum + value, 0) - ends) / (curve.length - 1);
}

function join(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The probability of a class by a network. @param probabilitiesOf the classes' from what the network puts out for an image */
export function askNetwork(
  network: Pick<ScoreNetwork, 'computeScores' | 'inputShape'>,
  probabilityFrom: (outputs: Float32Array) => number,
): ProbabilityOf {
  const size = network.inputShape.reduce((product, side) => product * side, 1);
  return async (inputs) => {
    const count = inputs.length / size;
    const { outputs } = await network.computeScores(inputs);
    const each = outputs.length / count;
    return Array.from({ length: count }, (_, image) =>
      probabilityFrom(outputs.subarray(image * each, (image + 1) * each)),
    );
  };
}
