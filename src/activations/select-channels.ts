// Which channels `--channels` means.

import { badArgument, CnnvizError } from '../base/errors.js';

/**
 * Checks that every layer that is shown has every channel that is asked for.
 *
 * @param channels from 0
 * @throws CnnvizError BAD_ARGUMENT for anything but a channel number, NOT_FOUND with the range of the layer that lacks it
 */
export function checkChannels(channels: readonly number[], layers: { name: string; channelCount: number }[]): void {
  for (const channel of channels) {
    if (!Number.isInteger(channel) || channel < 0) throw badArgument('channels', 'numbers from 0 up', channel);
    const lacking = layers.find((layer) => channel >= layer.channelCount);
    if (lacking === undefined) continue;
    throw new CnnvizError(
      'NOT_FOUND',
      `channels: ${lacking.name} has channels 0 to ${lacking.channelCount - 1}, there is no channel ${channel}`,
      { options: ['channels'], hint: 'Choose other channels, or other layers with --layers.' },
    );
  }
}
