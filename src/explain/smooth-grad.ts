import { createRandom } from '../base/random.js';
import type { CamMethod } from './cam.js';
import { saliency } from './saliency.js';

/** How often noise is drawn. */
export const noiseSamples = 16;

/** Of the difference between the input's largest value and its smallest. */
const noiseLevel = 0.15;

/**
 * SmoothGrad: saliency of the mean gradient around the input.
 *
 *     M_ij = max_c |1/n sum_k dy/dx_ijc (x + e_k)|        e_k ~ N(0, (0.15 (max x - min x))^2)
 *
 * Smilkov, Thorat, Kim, Viégas, Wattenberg: "SmoothGrad: removing noise by adding noise", arXiv:1706.03825, section 3. The noise is
 * the same for every image and call. Costs n gradients for the pixels.
 *
 * As saliency it follows the edges of the image, and does not distinguish for from against.
 */
export const smoothGrad: CamMethod = saliency;

/** The input under noise, again and again. */
export function addNoise(input: Float32Array): Float32Array[] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of input) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const level = noiseLevel * (high - low);
  return drawNoise(input.length).map((noise) => input.map((value, at) => value + level * (noise[at] as number)));
}

/** For inputs of the last size: drawing it costs a third of what the gradients cost. */
let lastDrawn: readonly Float32Array[] = [];

function drawNoise(size: number): readonly Float32Array[] {
  if (lastDrawn[0]?.length === size) return lastDrawn;
  lastDrawn = Array.from({ length: noiseSamples }, (_, sample) => {
    const random = createRandom(1, 'explain', sample);
    // Box and Muller, 1958.
    return Float32Array.from({ length: size }, () => {
      return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    });
  });
  return lastDrawn;
}
