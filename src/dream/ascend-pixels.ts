// Gradient ascent on pixels: the recipe of the book.

import { createRandom } from '../base/random.js';
import { type Ascent, type Goal, pictureShape, stackGoals } from './ascent.js';
import { toInput, toPictureGradient } from './picture-input.js';

/** Steps of the book. */
export const plainSteps = 40;

/**
 * Pictures that make channels fire, as Chollet: "Deep Learning with Python", 2018, 5.4.2 has them. From gray noise of 128 to 148,
 * in each step, of a picture of 0..255 that nothing keeps in that range:
 *
 *     x = x + g / (rms(g) + 1e-5),   g = gradient of the mean over places of the channel
 *
 * @returns [goals, height, width, colors]
 */
export async function ascendPixels(ascent: Ascent, goals: readonly Goal[]): Promise<Float32Array> {
  const { network, scaling, layerName, steps, seed, onStep, onGradient } = ascent;
  const { height, width, colors } = pictureShape(ascent);
  const size = height * width * colors;
  const weights = stackGoals(goals);
  const random = createRandom(seed, 'dream', 2);
  const start = Float32Array.from({ length: size }, () => 128 + 20 * random());
  const pictures = new Float32Array(goals.length * size);
  for (const index of goals.keys()) pictures.set(start, index * size);
  for (let step = 0; step < steps; step++) {
    await onStep?.();
    const input = toInput(pictures, scaling);
    const inputGradient = await network.differentiateChannels(input, layerName, weights);
    onGradient?.(inputGradient);
    const gradient = toPictureGradient(inputGradient, scaling);
    for (let from = 0; from < pictures.length; from += size) {
      const own = gradient.subarray(from, from + size);
      // The book's 1e-5 is for the gradient of the network's input.
      const length = rootMeanSquare(own) + 1e-5 * scaling.rescale;
      for (let at = 0; at < size; at++) (pictures[from + at] as number) += (own[at] as number) / length;
    }
  }
  return pictures;
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/**
 * One picture as the book draws it: its own mean becomes medium gray, its standard deviation .1 of the range.
 *
 * @returns 0..255
 */
export function stretchContrast(picture: Float32Array): Float32Array {
  const mean = picture.reduce((sum, value) => sum + value, 0) / picture.length;
  const deviation = rootMeanSquare(picture.map((value) => value - mean));
  return picture.map((value) => 255 * Math.min(1, Math.max(0, ((value - mean) / (deviation + 1e-5)) * 0.1 + 0.5)));
}
