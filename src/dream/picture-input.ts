// Pictures to what a network gets, by its preprocessing, and gradients back to the picture.

import type { Preprocessing } from '../dataset/decode/preprocessing.js';
import { normalize } from '../dataset/stream/image-input.js';

/** What is done to the numbers of a pixel. */
export type PixelScaling = Pick<Preprocessing, 'rescale' | 'normalization' | 'channels'>;

/** Planes of a picture: one for a network that sees gray, else red, green and blue. */
export function colorsOf({ channels }: PixelScaling): 1 | 3 {
  return channels === 1 ? 1 : 3;
}

/**
 * The network's input for pictures that need not be whole numbers; `toImageInput` gives the same for those that are.
 *
 * @param pictures [size, height, width, colors], 0..255
 */
export function toInput(pictures: Float32Array, scaling: PixelScaling): Float32Array {
  const { channels } = scaling;
  const rescale = Math.fround(scaling.rescale); // it acts in single precision
  const scaled = pictures.map((value) => value * rescale);
  if (channels === 1) return scaled;
  normalize(scaled, scaling);
  if (channels !== 4) return scaled;
  const withAlpha = new Float32Array((scaled.length / 3) * 4).fill(255 * rescale);
  for (let from = 0, to = 0; from < scaled.length; from += 3, to += 4) {
    withAlpha.set(scaled.subarray(from, from + 3), to);
  }
  return withAlpha;
}

/** A gradient for the network's input as one for the picture. @returns [size, height, width, colors] */
export function toPictureGradient(gradient: Float32Array, scaling: PixelScaling): Float32Array {
  const { channels = 3, rescale, normalization } = scaling;
  if (channels === 1) return gradient.map((value) => value * rescale);
  const pictures = new Float32Array((gradient.length / channels) * 3);
  const isReversed = normalization?.order === 'bgr';
  for (let from = 0, to = 0; to < pictures.length; from += channels, to += 3) {
    for (let part = 0; part < 3; part++) {
      const slope = rescale / (normalization?.deviation[part] ?? 1);
      pictures[to + (isReversed ? 2 - part : part)] = (gradient[from + part] as number) * slope;
    }
  }
  return pictures;
}
