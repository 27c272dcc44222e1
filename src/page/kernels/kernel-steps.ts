/**
 * Kernels are kept as whole numbers from the opposite of this one to it: finely where a sum has few terms, a bit less in
 * convolutions of many channels, where what is rounded off evens out.
 */
export const kernelLimits = { few: 127, many: 63 };

/** Input channels and filters from which on a convolution has many. */
const manyChannels = 16;

/** @param shape of a kernel */
export function limitOf([, , seen = 1, filters = 1]: readonly number[]): number {
  return Math.min(seen, filters) < manyChannels ? kernelLimits.few : kernelLimits.many;
}
