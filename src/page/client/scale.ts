// A channel's scales, by the formulas of `rendering/`.

import { chooseScale, normalizeValues, type Scale, scaleEnds } from '../../rendering/normalize.js';
import { scaleTicks } from '../../rendering/scale-ticks.js';
import { channelNumbers } from './channel-numbers.js';
import { type LayerMaps, valueOfStep } from './layer-maps.js';

/** The scales that can be chosen; the first is the page's own. */
export const scaleNames = ['strength', 'zscore', 'layer'] as const;
export type ScaleName = (typeof scaleNames)[number];

/** The numbers at a channel's color bar, as in the pictures that the command line writes. */
export function labelScale(scale: ScaleName, maps: LayerMaps, number: number): string[] {
  const ticks = scaleTicks(scaleEnds(findScale(scale, maps, number)), channelNumbers(maps.layer, number));
  return ticks.map(({ label }) => label);
}

/**
 * The place on the ramp, 0..255, of each step of a channel; by the very formulas of the pictures that the command line writes.
 */
export function rampPlaces(scale: ScaleName, maps: LayerMaps, number: number): Uint16Array {
  const { channels } = maps;
  const channel = channels[number];
  if (channel === undefined) return new Uint16Array();
  const values = Float32Array.from({ length: channel.stepCount }, (_, step) => valueOfStep(step, channel));
  return normalizeValues(values, findScale(scale, maps, number));
}

function findScale(scale: ScaleName, { layer }: LayerMaps, number: number): Scale {
  return chooseScale(scale, channelNumbers(layer, number), layer.overall);
}
