// The orders in which a layer's channels can be shown.

import type { ChannelData } from '../page-data.js';

/** By what the channels of a layer are put in order. */
export type ChannelOrder = 'number' | 'contribution' | 'mean' | 'max';

/**
 * The numbers of channels in an order: the largest value first, of equal ones the lower number; a contribution counts by
 * its size, for or against. Those with NaN or infinity among their values, and those without such a value, come last.
 */
export function orderChannels(channels: readonly ChannelData[], order: ChannelOrder): number[] {
  const numbers = channels.map((_, number) => number);
  if (order === 'number') return numbers;
  const value = (number: number) => {
    const channel = channels[number];
    if (channel === undefined || channel.nonFinite !== undefined) return -Infinity;
    if (order !== 'contribution') return channel[order];
    return channel.contribution === undefined ? -Infinity : Math.abs(channel.contribution);
  };
  return numbers.sort((a, b) => (value(a) === value(b) ? a - b : value(b) - value(a)));
}
