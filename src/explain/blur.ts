// Blurs maps of pixels.

import type { Plane } from '../base/plane.js';

/** Of the longer side: what maps of pixels are blurred with before they are looked at or compared. */
const sigmaShare = 0.04;

/** The standard deviation of the blur of a map, pixels. */
export function blurSigma({ width, height }: Pick<Plane, 'width' | 'height'>): number {
  return sigmaShare * Math.max(width, height);
}

/**
 * A Gaussian blur. Gradients of neighboring pixels often have opposite signs, and a single pixel says nothing that could be seen. Near an
 * edge what lies in the picture counts for more, so that nothing fades there.
 */
export function blurMap(map: Plane): Plane {
  const kernel = gaussian(blurSigma(map));
  const { width, height } = map;
  const rows = slide(map.values, kernel, { step: 1, length: width });
  return { width, height, values: slide(rows, kernel, { step: width, length: height }) };
}

/** From the middle out to three standard deviations. */
function gaussian(sigma: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, offset) => Math.exp(-0.5 * (offset / sigma) ** 2));
}

function slide(
  values: Float32Array,
  kernel: Float64Array,
  { step, length }: { step: number; length: number },
): Float32Array {
  const reach = kernel.length - 1;
  return values.map((_, index) => {
    const place = Math.floor(index / step) % length;
    let [sum, weights] = [0, 0];
    for (let move = Math.max(-reach, -place); move <= Math.min(reach, length - 1 - place); move++) {
      const weight = kernel[Math.abs(move)] as number;
      sum += weight * (values[index + move * step] as number);
      weights += weight;
    }
    return sum / weights;
  });
}
