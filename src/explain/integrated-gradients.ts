import type { CamMethod } from './cam.js';
import { hiresCam } from './hires-cam.js';

/** How many points of the way are looked at. */
export const integratedSteps = 32;

/**
 * Integrated gradients: the input times its mean gradient on the straight way from 0 to it.
 *
 *     M_ij = sum_c x_ijc 1/n sum_k dy/dx_ijc (a_k x)        a_k = (k + 1/2) / n, k = 0 .. n - 1
 *
 * Sundararajan, Taly, Yan: "Axiomatic Attribution for Deep Networks", ICML 2017, equation 3 (at midpoints). The map sums up to
 * score(x) - score(0) but for the completeness gap, which is reported: midpoints miss what happens between them. Costs n
 * gradients for the pixels.
 *
 * The input that is 0 everywhere, black without further preprocessing, is the baseline: what is 0 itself never counts.
 */
export const integratedGradients: CamMethod = hiresCam;

/** The points on the way. */
export function walkFromZero(input: Float32Array): Float32Array[] {
  return Array.from({ length: integratedSteps }, (_, step) => {
    return input.map((value) => ((step + 0.5) / integratedSteps) * value);
  });
}
