// A channel's values as one byte each, with the range that they lie in.

import type { Plane } from '../base/plane.js';

/** A channel in few bytes: what was the smallest value is 0, the largest `largestCode`. */
export interface CodedChannel {
  /** of its finite values; both 0 where it has none */
  min: number;
  max: number;
  /** one a value, row by row; `nonValueCode` where it is NaN or infinite */
  codes: Uint8Array;
}

const largestCode = 254;
/** NaN or infinite. */
export const nonValueCode = 255;

/**
 * Rounds every value to the nearest of 255 at equal distances: it is off by 1/508 of its channel's range at most.
 *
 * @param values channels last: a layer's output as the network gives it
 */
export function encodeChannels(values: Float32Array, channelCount: number): CodedChannel[] {
  const size = values.length / channelCount;
  const codes = new Uint8Array(values.length);
  return Array.from({ length: channelCount }, (_, channel) => {
    const own = codes.subarray(channel * size, (channel + 1) * size);
    return { ...encodeChannel(values, channel, channelCount, own), codes: own };
  });
}

/** Writes the code of every value from `first` on, a stride apart. @returns the range of the finite ones */
function encodeChannel(
  values: Float32Array,
  first: number,
  stride: number,
  codes: Uint8Array,
): Pick<CodedChannel, 'min' | 'max'> {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  // Over indexes: `for of` takes twice as long, and a frame has a million values.
  for (let index = first; index < values.length; index += stride) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) [min, max] = [0, 0];
  const steps = max > min ? largestCode / (max - min) : 0;
  for (let index = first, at = 0; index < values.length; index += stride, at++) {
    const value = values[index] as number;
    // The array cuts off what is after the point, in half the time that Math.round takes.
    codes[at] = Number.isFinite(value) ? (value - min) * steps + 0.5 : nonValueCode;
  }
  return { min, max };
}

/** The channel's values again, to rounding; NaN where there was no finite one. */
export function decodeChannel({ min, max, codes }: CodedChannel, { width, height }: Omit<Plane, 'values'>): Plane {
  const step = (max - min) / largestCode;
  const values = new Float32Array(codes.length);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] as number;
    values[index] = code === nonValueCode ? Number.NaN : min + code * step;
  }
  return { width, height, values };
}
