import type { CamMethod } from './cam.js';
import { hiresCam } from './hires-cam.js';

/**
 * Input x gradient: HiResCAM of the pixels themselves.
 *
 *     M_ij = sum_c x_ijc dy/dx_ijc
 *
 * Shrikumar, Greenside, Shcherbina, Kundaje: "Not Just a Black Box: Learning Important Features Through Propagating Activation
 * Differences", arXiv:1605.01713. Of a network without hidden layer these are the terms w x of the score, and the map sums up
 * to it but for the bias; as it does for every network of relus and poolings without biases. Costs one gradient for the pixels.
 *
 * A black pixel (0 after preprocessing) never counts, and neighbors often have opposite signs: read it blurred.
 */
export const inputXGradient: CamMethod = hiresCam;
