// Averages a score's gradients over several inputs.

import type { ScoreNetwork } from '../engines/contract/scores.js';

/** Inputs that are differentiated in one call: what a deep network has memory for. */
const atOnce = 8;

/**
 * The mean of the gradients of the pixels of several inputs.
 *
 * @param advance takes how many more gradients are done
 */
export async function averageGradients(
  network: ScoreNetwork,
  inputs: readonly Float32Array[],
  scoreWeights: Float32Array,
  advance: (runs: number) => Promise<void>,
): Promise<Float32Array> {
  const size = (inputs[0] as Float32Array).length;
  const sums = new Float64Array(size);
  for (let start = 0; start < inputs.length; start += atOnce) {
    const batch = inputs.slice(start, start + atOnce);
    const together = new Float32Array(batch.length * size);
    for (const [index, input] of batch.entries()) together.set(input, index * size);
    const gradients = await network.sumGradients(together, scoreWeights);
    for (let index = 0; index < size; index++) (sums[index] as number) += gradients[index] as number;
    await advance(batch.length);
  }
  return Float32Array.from(sums, (sum) => sum / inputs.length);
}
