import {
  chooseScale,
  type Normalization,
  normalizeValues,
  type Range,
  type Scale,
  scaleEnds,
} from '../../../rendering/normalize.js';
import type { ChannelData, LayerData } from '../page-data.js';

/** The smallest and the largest value that a channel has a color of its own for. */
export function channelEnds(scale: Normalization, channel: ChannelData, layer: LayerData): Range {
  return scaleEnds(findScale(scale, channel, layer));
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
