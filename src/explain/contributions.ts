// What each channel contributes to a class's score.

import type { ScoreNetwork } from '../engines/contract/scores.js';
import type { ClassTarget } from './targets.js';

/**
 * What each channel of some layers contributes to a class's score: gradient times activation, summed over the map, in
 * double precision.
 *
 *     c_k = sum_ij dy/dA_kij A_kij
 *
 * "Gradient x input" of Shrikumar, Greenside, Shcherbina, Kundaje: "Not Just a Black Box", arXiv:1605.01713, at a layer
 * instead of the input. y is the score before the sigmoid or softmax. Above 0 the channel speaks for the class. Where the
 * rest of the network is linear, the contributions sum up to the score but for the biases.
 *
 * @param input one image, preprocessed
 * @param layerNames of those that can be differentiated for
 * @returns for each layer one number a channel
 */
export async function measureContributions(
  network: ScoreNetwork,
  input: Float32Array,
  layerNames: readonly string[],
  { scoreWeights }: ClassTarget,
): Promise<Map<string, Float64Array>> {
  const contributions = new Map<string, Float64Array>();
  for (const name of layerNames) {
    const { output, gradient } = await network.differentiate(input, name, scoreWeights);
    const sums = new Float64Array(output.shape.at(-1) as number);
    for (let index = 0; index < gradient.length; index++) {
      (sums[index % sums.length] as number) += (gradient[index] as number) * (output.values[index] as number);
    }
    contributions.set(name, sums);
  }
  return contributions;
}
