// How numbers become places on a ramp, and what the color bar says.

import type { PlaneStatistics } from '../base/plane.js';

/**
 * How numbers become colors.
 * - zscore: each channel by its own mean and standard deviation, mean in the middle, 2 standard deviations to either end
 * - strength: each channel from 0 to its largest value; in a layer with values below 0 as far below as above it
 * - minmax: each channel from its smallest to its largest value
 * - layer: every channel from the smallest to the largest value of the whole layer
 */
export type Normalization = 'zscore' | 'strength' | 'minmax' | 'layer';

/** A scale that was decided before the picture: what lies outside it is clipped. */
export interface GivenRange extends Range {
  /** what decided it, in a few words */
  caption: string;
}

/** What a picture is scaled by. */
export type Scaling = Normalization | GivenRange;

/** The numbers behind a normalization: what the ramp's middle or its ends stand for. */
export type Scale =
  | { kind: 'zscore'; mean: number; standardDeviation: number }
  | { kind: 'range'; low: number; high: number };

/** The scale of one channel, from its own statistics and its layer's range. */
export function chooseScale(scaling: Scaling, channel: PlaneStatistics, layer: Range): Scale {
  if (scaling === 'zscore') {
    return { kind: 'zscore', mean: channel.mean, standardDeviation: channel.standardDeviation };
  }
  if (scaling === 'strength') return scaleFromZero(channel, layer.min < 0);
  if (scaling === 'minmax') return rangeScale(channel);
  return rangeScale(scaling === 'layer' ? layer : scaling);
}

/** From 0 to the largest value; signed: as far below 0 as above it, to the number that lies farthest away. */
function scaleFromZero(range: Range, isSigned: boolean): Scale {
  const limit = strengthOf(range);
  return { kind: 'range', low: isSigned ? -limit : 0, high: limit };
}

/** How far from 0 values go, to either side. */
export function strengthOf({ min, max }: Range): number {
  return Math.max(0, -min, max);
}

/** The smallest and the largest value that a scale has a color of its own for. */
export function scaleEnds(scale: Scale): Range {
  if (scale.kind === 'range') return { min: scale.low, max: scale.high };
  return { min: scale.mean - 2 * scale.standardDeviation, max: scale.mean + 2 * scale.standardDeviation };
}

export interface Range {
  min: number;
  max: number;
}

/** From the smallest value to the largest. */
export function rangeScale({ min, max }: Range): Scale {
  return { kind: 'range', low: min, high: max };
}

/** The index that stands for NaN and infinities: one beyond the ramp. */
export const nonValueIndex = 256;

/**
 * Ramp indexes 0..255 of some numbers, `nonValueIndex` where there is no finite number. A scale without extent (a
 * constant channel) gives 0, the ramp's lowest color.
 *
 * zscore: trunc(clip(64 (x - mean) / std + 128, 0, 255)), Chollet, Deep Learning with Python, 5.4. range: matplotlib's
 * min(255, floor(256 t)) with t = (x - low) / (high - low).
 */
export function normalizeValues(values: Float32Array, scale: Scale): Uint16Array {
  const indexes = new Uint16Array(values.length);
  const extent = scale.kind === 'zscore' ? scale.standardDeviation : scale.high - scale.low;
  const origin = scale.kind === 'zscore' ? scale.mean : scale.low;
  const [steps, offset] = scale.kind === 'zscore' ? [64, 128] : [256, 0];
  for (let position = 0; position < values.length; position++) {
    const value = values[position] as number;
    if (!Number.isFinite(value)) indexes[position] = nonValueIndex;
    else if (extent > 0) indexes[position] = clipToByte(((value - origin) / extent) * steps + offset);
  }
  return indexes;
}

function clipToByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : Math.trunc(value);
}
