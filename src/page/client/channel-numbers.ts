// The numbers of one channel, out of its layer's lists.

import type { PlaneStatistics } from '../../base/plane.js';
import type { LayerData } from '../image-data.js';

/** @param number of the channel, from 0 */
export function channelNumbers(layer: LayerData, number: number): PlaneStatistics {
  const runs = layer.nonFinite?.[number] ?? [];
  return {
    min: layer.min[number] as number,
    max: layer.max[number] as number,
    mean: layer.mean[number] as number,
    standardDeviation: layer.standardDeviation[number] as number,
    zeroFraction: layer.zeroFraction[number] as number,
    nonFiniteCount: runs.reduce((sum, run, index) => sum + (index % 2 === 1 ? run : 0), 0),
  };
}
