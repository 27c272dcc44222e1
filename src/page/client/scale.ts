// A channel's scales, by the formulas of `rendering/`.

import { chooseScale, type Normalization, normalizeValues, type Scale, scaleEnds } from '../../rendering/normalize.js';
import { scaleTicks } from '../../rendering/scale-ticks.js';
import type { ChannelData, LayerData } from '../page-data.js';

/** The numbers at a channel's color bar, as in the pictures that the command line writes. */
export function labelScale(scale: Normalization, channel: ChannelData, layer: LayerData): string[] {
  return scaleTicks(scaleEnds(findScale(scale, channel, layer)), channel).map(({ label }) => label);
}

/**
 * The place on the ramp, 0..255, of each of the 256 steps between a channel's lowest and highest value; by the very formulas
 * of the pictures that the command line writes.
 */
export function rampPlaces(scale: Normalization, channel: ChannelData, layer: LayerData): Uint16Array {
  if (scale === 'minmax') return Uint16Array.from({ length: 256 }, (_, step) => step);
  const values = Float32Array.from({ length: 256 }, (_, step) => stepValue(step, channel));
  return normalizeValues(values, findScale(scale, channel, layer));
}

/** The value that a step stands for: the first for the lowest, the last for the highest. */
function stepValue(step: number, { min, max }: ChannelData): number {
  return min + ((max - min) * step) / 255;
}

function findScale(scale: Normalization, channel: ChannelData, layer: LayerData): Scale {
  return chooseScale(scale, { ...channel, nonFiniteCount: 0 }, layer);
}
