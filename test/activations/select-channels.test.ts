import { describe, expect, it } from 'vitest';
import { checkChannels } from '../../src/activations/select-channels.js';

const layers = [
  { name: 'conv2d_1', channelCount: 32 },
  { name: 'conv2d_2', channelCount: 64 },
];

describe('checkChannels', () => {
  it('accepts what every layer has, the last one included', () => {
    const isAccepted = (channel: number) => {
      try {
        checkChannels([0, channel], layers);
        return true;
      } catch {
        return false;
      }
    };
    const numbers = Array.from({ length: 70 }, (_, channel) => channel);
    expect(numbers.filter(isAccepted)).toEqual(numbers.slice(0, 32));
  });

  it('names the layer that lacks a channel, and its range', () => {
    expect(() => checkChannels([6, 32], layers)).toThrow(
      expect.objectContaining({
        code: 'NOT_FOUND',
        message: 'channels: conv2d_1 has channels 0 to 31, there is no channel 32',
      }),
    );
  });

  it.each([-1, 1.5, NaN])('refuses %d as a channel', (channel) => {
    expect(() => checkChannels([channel], layers)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
  });
});
