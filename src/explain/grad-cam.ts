import type { CamMethod } from './cam.js';

/**
 * Grad-CAM: every channel counts by its mean gradient.
 *
 *     alpha_k = 1/Z sum_ij dy/dA_kij        L_ij = sum_k alpha_k A_kij
 *
 * Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra: "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
 * Localization", ICCV 2017, equations 1 and 2 (the ReLU of the second one not applied, see CamMethod). y is the class's
 * score before the softmax.
 */
export const gradCam: CamMethod = ({ shape: [height, width, channels], activations, gradients }) => {
  const channelWeights = new Float64Array(channels);
  for (let index = 0; index < gradients.length; index++) {
    (channelWeights[index % channels] as number) += (gradients[index] as number) / (height * width);
  }
  const map = new Float32Array(height * width);
  for (let position = 0; position < map.length; position++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += (channelWeights[channel] as number) * (activations[position * channels + channel] as number);
    }
    map[position] = sum;
  }
  return map;
};
