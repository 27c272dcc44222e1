// What takes the place of pixels that are hidden.

import { blurMap } from './blur.js';

/** The image's mean color; a blurred copy of the image; black. */
export const fillNames = ['mean', 'blur', 'black'] as const;

export type FillName = (typeof fillNames)[number];

/** As a picture says it. */
export const FILL_WORDS: Readonly<Record<FillName, string>> = {
  mean: "the image's mean color",
  blur: 'a blurred copy of the image',
  black: 'black',
};

/** A blurred copy is blurred so often: to ten times the variance of the blur of a map. */
const blurs = 10;

/**
 * The pixels that take the place of others.
 *
 * @param input one image, preprocessed, [height, width, channels]
 * @param black what black is to the network, a number for each channel
 */
export function fillFor(
  name: FillName,
  input: Float32Array,
  { inputShape, black }: { inputShape: readonly number[]; black: readonly number[] },
): Float32Array {
  const [height = 1, width = 1, channels = 1] = inputShape;
  if (name === 'black') return input.map((_, index) => black[index % channels] as number);
  if (name === 'mean') {
    const sums = new Float64Array(channels);
    for (let index = 0; index < input.length; index++) (sums[index % channels] as number) += input[index] as number;
    return input.map((_, index) => (sums[index % channels] as number) / (height * width));
  }
  const filled = new Float32Array(input.length);
  for (let channel = 0; channel < channels; channel++) {
    let plane = { width, height, values: new Float32Array(width * height) };
    plane.values.forEach((_, pixel) => {
      plane.values[pixel] = input[pixel * channels + channel] as number;
    });
    for (let count = 0; count < blurs; count++) plane = blurMap(plane) as typeof plane;
    plane.values.forEach((value, pixel) => {
      filled[pixel * channels + channel] = value;
    });
  }
  return filled;
}
