import type { Random } from '../base/random.js';

/** Numbers of the standard normal distribution (Box and Muller, 1958). */
export function gaussianNoise(length: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => {
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  });
}
