import type { CamMethod } from './cam.js';

/**
 * LayerCAM: every activation counts by its own gradient where that speaks for the class.
 *
 *     L_ij = sum_k relu(dy/dA_kij) A_kij
 *
 * Jiang, Zhang, Hou, Cheng, Wei: "LayerCAM: Exploring Hierarchical Class Activation Maps for Localization", IEEE Transactions
 * on Image Processing 30, 2021, equations 7 and 8. Costs what Grad-CAM costs. HiResCAM without what speaks against the class:
 * the map does not sum up to the score.
 */
export const layerCam: CamMethod = ({ shape: [height, width, channels], activations, gradients }) => {
  const map = new Float32Array(height * width);
  for (let position = 0; position < map.length; position++) {
    let sum = 0;
    for (let index = position * channels; index < (position + 1) * channels; index++) {
      sum += Math.max(0, gradients[index] as number) * (activations[index] as number);
    }
    map[position] = sum;
  }
  return map;
};
