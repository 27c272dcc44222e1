// How active a layer is: where on its maps, and in which channels.

import type { Plane } from '../base/plane.js';
import type { LayerActivation } from './capture.js';

/** Mean absolute activations of a layer's maps. */
export interface Activity {
  /** over all channels, at each place */
  map: Plane;
  /** over the map, of each channel */
  channels: Float64Array;
}

/** Averages the absolute values of a layer's maps, over its channels and over its places. NaN and infinities count as 0. */
export function measureActivity({ planes }: Pick<LayerActivation, 'planes'>): Activity {
  const { width = 1, height = 1 } = planes[0] ?? {};
  const sums = new Float32Array(width * height);
  const channels = new Float64Array(planes.length);
  planes.forEach(({ values }, channel) => {
    let sum = 0;
    for (let index = 0; index < values.length; index++) {
      const size = Math.abs(values[index] as number);
      if (!(size < Infinity)) continue;
      sums[index] = (sums[index] as number) + size;
      sum += size;
    }
    channels[channel] = sum / values.length;
  });
  return { map: { width, height, values: sums.map((sum) => sum / planes.length) }, channels };
}

/** The channels with the largest means, the largest first; of equal ones the lower number first. */
export function mostActiveChannels({ channels }: Activity, count: number): number[] {
  const mean = (channel: number) => channels[channel] as number;
  return Array.from(channels.keys())
    .sort((a, b) => mean(b) - mean(a) || a - b)
    .slice(0, count);
}
