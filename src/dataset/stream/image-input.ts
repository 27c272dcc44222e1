// Decoded images to what a network gets, by its preprocessing.

import type { Preprocessing } from '../decode/preprocessing.js';
import { toFloats } from './floats.js';

type Scaling = Pick<Preprocessing, 'rescale' | 'normalization' | 'channels'>;

/** Bytes that a network's engine may scale itself, or finished numbers: NetworkInput. */
export type ImageInput = Float32Array | { bytes: Uint8Array; rescale: number };

/**
 * The input for decoded images, whichever way is the cheapest.
 *
 * @param pixels [size, height, width, 3], 0..255
 */
export function toImageInput(pixels: Uint8Array, scaling: Scaling): ImageInput {
  const isScaledAlone = scaling.normalization === undefined && scaling.channels === undefined;
  return isScaledAlone ? { bytes: pixels, rescale: scaling.rescale } : toImageFloats(pixels, scaling);
}

/**
 * The input for decoded images in numbers.
 *
 * @param pixels [size, height, width, 3], 0..255
 * @returns [size, height, width, channels]
 */
export function toImageFloats(pixels: Uint8Array, scaling: Scaling): Float32Array {
  const { channels = 3, rescale } = scaling;
  if (channels === 1) return toFloats(toGray(pixels), rescale);
  const floats = normalize(toFloats(pixels, rescale), scaling);
  return channels === 3 ? floats : addAlpha(floats, 255 * rescale);
}

/** Takes the mean off and divides by the deviation, channel by channel, in place. @param values [..., 3], rescaled, red first */
export function normalize(values: Float32Array, { normalization }: Scaling): Float32Array {
  if (normalization === undefined) return values;
  const { order, mean, deviation } = normalization;
  const isReversed = order === 'bgr';
  const normal = (value: number, channel: number) =>
    (value - (mean[channel] as number)) / (deviation[channel] as number);
  for (let at = 0; at < values.length; at += 3) {
    const [red, green, blue] = [values[at] as number, values[at + 1] as number, values[at + 2] as number];
    values[at] = normal(isReversed ? blue : red, 0);
    values[at + 1] = normal(green, 1);
    values[at + 2] = normal(isReversed ? red : blue, 2);
  }
  return values;
}

/** Pillow's `convert('L')`, which Keras's `color_mode='grayscale'` calls: ITU-R 601-2 in 16-bit fixed point (libImaging/Convert.c). */
function toGray(rgb: Uint8Array): Uint8Array {
  const gray = new Uint8Array(rgb.length / 3);
  for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += 3) {
    const sum = (rgb[at] as number) * 19595 + (rgb[at + 1] as number) * 38470 + (rgb[at + 2] as number) * 7471;
    gray[pixel] = (sum + 0x8000) >> 16;
  }
  return gray;
}

function addAlpha(rgb: Float32Array, opaque: number): Float32Array {
  const out = new Float32Array((rgb.length / 3) * 4).fill(opaque);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) out.set(rgb.subarray(from, from + 3), to);
  return out;
}
