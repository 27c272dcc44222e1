import type { CamMethod } from './cam.js';

/**
 * Grad-CAM++: every channel counts by its gradients that speak for the class, the more the more alone they are.
 *
 *     alpha_kij = g_kij^2 / (2 g_kij^2 + S_k g_kij^3)        w_k = sum_ij alpha_kij relu(g_kij)        L_ij = sum_k w_k A_kij
 *
 * with g = dy/dA and S_k = sum_ab A_kab. Chattopadhay, Sarkar, Howlader, Balasubramanian: "Grad-CAM++: Generalized
 * Gradient-based Visual Explanations for Deep Convolutional Networks", WACV 2018, equations 5, 10 and 19, for the class score
 * exp(y), whose common factor is left out. Costs what Grad-CAM costs.
 *
 * Weights are never below 0, so the map hardly depends on the class, and hardly changes when the layers after it are
 * randomized: it follows the activations.
 */
export const gradCamPlusPlus: CamMethod = ({ shape: [height, width, channels], activations, gradients }) => {
  const sums = new Float64Array(channels);
  for (let index = 0; index < activations.length; index++) {
    (sums[index % channels] as number) += activations[index] as number;
  }
  const weights = new Float64Array(channels);
  for (let index = 0; index < gradients.length; index++) {
    const gradient = gradients[index] as number;
    // relu(g) alpha with g^2 taken out of the fraction: no power of a small gradient is rounded to 0.
    const below = 2 + (sums[index % channels] as number) * gradient;
    if (gradient > 0 && below !== 0) (weights[index % channels] as number) += gradient / below;
  }
  const map = new Float32Array(height * width);
  for (let position = 0; position < map.length; position++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += (weights[channel] as number) * (activations[position * channels + channel] as number);
    }
    map[position] = sum;
  }
  return map;
};
