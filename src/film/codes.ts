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
  const { low, high } = measureRanges(values, channelCount);
  const steps = low.map((min, channel) =>
    (high[channel] as number) > min ? largestCode / ((high[channel] as number) - min) : 0,
  );
  const size = values.length / channelCount;
  const codes = new Uint8Array(values.length);
  // Over indexes, channels innermost as they lie in memory: a frame has a million values.
  for (let cell = 0, index = 0; cell < size; cell++) {
    for (let channel = 0, at = cell; channel < channelCount; channel++, at += size, index++) {
      const value = values[index] as number;
      codes[at] = Number.isFinite(value)
        ? Math.round((value - (low[channel] as number)) * (steps[channel] as number))
        : nonValueCode;
    }
  }
  return Array.from(low, (min, channel) => {
    return { min, max: high[channel] as number, codes: codes.subarray(channel * size, (channel + 1) * size) };
  });
}

/** The smallest and the largest finite value of each channel; both 0 where it has none. */
function measureRanges(values: Float32Array, channelCount: number): { low: Float64Array; high: Float64Array } {
  const low = new Float64Array(channelCount).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(channelCount).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0, channel = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (Number.isFinite(value)) {
      if (value < (low[channel] as number)) low[channel] = value;
      if (value > (high[channel] as number)) high[channel] = value;
    }
    channel = channel + 1 === channelCount ? 0 : channel + 1;
  }
  for (const [channel, min] of low.entries()) {
    if (min > (high[channel] as number)) low[channel] = high[channel] = 0;
  }
  return { low, high };
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
