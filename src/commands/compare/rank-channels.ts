// Channels by how much they differ.

import type { ComparedChannel } from './result.js';

/** Those that differ most first; those that cannot be compared, since they have no finite value in common, last. */
export function rankChannels(channels: readonly ComparedChannel[]): ComparedChannel[] {
  return [...channels].sort((x, y) => sizeOf(y) - sizeOf(x) || x.channel - y.channel);
}

function sizeOf({ difference }: ComparedChannel): number {
  return difference ?? -1;
}
