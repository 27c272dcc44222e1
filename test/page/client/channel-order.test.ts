import { expect, it } from 'vitest';
import { orderChannels } from '../../../src/page/client/channel-order.js';
import type { ChannelData } from '../../../src/page/page-data.js';

const channel = (mean: number, rest: Partial<ChannelData> = {}): ChannelData => ({
  ...{ min: 0, max: 10 - mean, mean, standardDeviation: 1, zeroFraction: 0, caption: '' },
  ...rest,
});

it('the largest comes first, a contribution by its size, of equal ones the lower number, last what has no such number', () => {
  const channels = [
    channel(1),
    channel(3, { nonFinite: [0, 1] }),
    channel(2, { contribution: -2 }),
    channel(1, { contribution: 1 }),
  ];
  expect(orderChannels(channels, 'number')).toEqual([0, 1, 2, 3]);
  expect(orderChannels(channels, 'mean')).toEqual([2, 0, 3, 1]);
  expect(orderChannels(channels, 'max')).toEqual([0, 3, 2, 1]);
  expect(orderChannels(channels, 'contribution')).toEqual([2, 3, 0, 1]);
});
