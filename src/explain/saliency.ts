import type { CamMethod } from './cam.js';

/**
 * Saliency: how much the score changes with each pixel, whichever way.
 *
 *     M_ij = max_c |dy/dx_ijc|
 *
 * Simonyan, Vedaldi, Zisserman: "Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency
 * Maps", ICLR 2014 workshop, section 3.1. Of a single score both classes have the same map. Costs one gradient for the
 * pixels, about twice that of a late layer.
 *
 * It follows the edges of the image to a good part: randomized Dense layers leave its map similar.
 */
export const saliency: CamMethod = ({ shape: [height, width, channels], gradients }) => {
  const map = new Float32Array(height * width);
  for (let index = 0; index < gradients.length; index++) {
    const position = Math.floor(index / channels);
    // NaN stays NaN.
    map[position] = Math.max(map[position] as number, Math.abs(gradients[index] as number));
  }
  return map;
};
