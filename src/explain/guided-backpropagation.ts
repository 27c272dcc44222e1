import type { CamMethod } from './cam.js';
import { saliency } from './saliency.js';

/**
 * Guided backpropagation: saliency, where every relu passes back only what is above 0.
 *
 *     R^l = (A^l > 0) (R^(l+1) > 0) R^(l+1)        M_ij = max_c |R^0_ijc|
 *
 * Springenberg, Dosovitskiy, Brox, Riedmiller: "Striving for Simplicity: The All Convolutional Net", ICLR 2015 workshop, section
 * 3.4. Costs one gradient for the pixels.
 *
 * It fails the randomization check of Adebayo et al. (2018): its map hardly changes when both Dense layers are drawn at random, so it
 * shows what is in the image more than what decides.
 */
export const guidedBackpropagation: CamMethod = saliency;
