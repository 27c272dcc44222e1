// Ranks channels: the largest values first; of equal ones the lower number first.

import type { PlaneStatistics } from '../base/plane.js';

/** By what channels can be ranked. */
export type RankingMeasure = 'mean' | 'max' | 'variance' | 'contribution';

export const rankingMeasures: readonly RankingMeasure[] = ['mean', 'max', 'variance', 'contribution'];

/** A channel, and what it was ranked by. */
export interface RankedChannel {
  /** its number in the layer, from 0 */
  channel: number;
  value: number;
}

/** What channels are ranked by, from their statistics. */
export function rankingValues(
  by: Exclude<RankingMeasure, 'contribution'>,
  channels: readonly PlaneStatistics[],
): number[] {
  if (by === 'variance') return channels.map(({ standardDeviation }) => standardDeviation ** 2);
  return channels.map((channel) => channel[by]);
}

/**
 * The channels with the largest values, that of the largest first; of equal ones the lower number first. Channels with
 * NaN or infinity in them are left out: nothing is known of their strength.
 *
 * @param values one a channel
 * @param count at most so many
 */
export function rankChannels(
  values: readonly number[],
  channels: readonly Pick<PlaneStatistics, 'nonFiniteCount'>[],
  count: number,
): RankedChannel[] {
  const isSound = ({ channel, value }: RankedChannel) =>
    channels[channel]?.nonFiniteCount === 0 && Number.isFinite(value);
  return values
    .map((value, channel) => ({ channel, value }))
    .filter(isSound)
    .sort((a, b) => b.value - a.value || a.channel - b.channel)
    .slice(0, count);
}
