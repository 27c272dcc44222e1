import type { CamMethod } from './cam.js';

/**
 * HiResCAM: every activation counts by its own gradient.
 *
 *     L_ij = sum_k dy/dA_kij A_kij
 *
 * Draelos, Carin: "Use HiResCAM instead of Grad-CAM for faithful explanations of convolutional neural networks",
 * arXiv:2011.08891, equation 4. Where the rest of the network is linear, the map sums up to the score but for the bias.
 */
export const hiresCam: CamMethod = ({ shape: [height, width, channels], activations, gradients }) => {
  const map = new Float32Array(height * width);
  for (let position = 0; position < map.length; position++) {
    let sum = 0;
    for (let index = position * channels; index < (position + 1) * channels; index++) {
      sum += (gradients[index] as number) * (activations[index] as number);
    }
    map[position] = sum;
  }
  return map;
};
