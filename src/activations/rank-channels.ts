// Ranks channels: the largest values first; of equal ones the lower number first.

import type { PlaneStatistics } from '../base/plane.js';

/**
 * By what channels can be ranked. contribution: what they add to the score of a class, for or against, the largest share
 * of it first; support: only what speaks for the class first.
 */
export type RankingMeasure = 'mean' | 'max' | 'variance' | 'contribution' | 'support';

export const rankingMeasures: readonly RankingMeasure[] = ['mean', 'max', 'variance', 'contribution', 'support'];

/** Whether a measure is of what channels add to the score of a class. */
export function isContribution(by: RankingMeasure | undefined): by is 'contribution' | 'support' {
  return by === 'contribution' || by === 'support';
}

/** A channel, and what it was ranked by. */
export interface RankedChannel {
  /** its number in the layer, from 0 */
  channel: number;
  value: number;
}

/** What channels are ranked by, from their statistics. */
export function rankingValues(
  by: Exclude<RankingMeasure, 'contribution' | 'support'>,
  channels: readonly PlaneStatistics[],
): number[] {
  if (by === 'variance') return channels.map(({ standardDeviation }) => standardDeviation ** 2);
  return channels.map((channel) => channel[by]);
}

/**
 * The channels with the largest values, that of the largest first; of equal ones the lower number first. By contribution
 * a channel that speaks against a class counts as much as one that speaks for it; by support only channels that speak for
 * it have a rank. Channels with NaN or infinity in them are left out: nothing is known of their strength.
 *
 * @param values one a channel
 * @param count at most so many
 */
export function rankChannels(
  values: readonly number[],
  channels: readonly Pick<PlaneStatistics, 'nonFiniteCount'>[],
  { by, count }: { by: RankingMeasure; count: number },
): RankedChannel[] {
  const isSound = ({ channel, value }: RankedChannel) =>
    channels[channel]?.nonFiniteCount === 0 && Number.isFinite(value) && (by !== 'support' || value > 0);
  const strength = ({ value }: RankedChannel) => (by === 'contribution' ? Math.abs(value) : value);
  return values
    .map((value, channel) => ({ channel, value }))
    .filter(isSound)
    .sort((a, b) => strength(b) - strength(a) || a.channel - b.channel)
    .slice(0, count);
}
