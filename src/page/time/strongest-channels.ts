// Which channels of a layer are shown over time.

/** Shown of a layer: two rows on a page. */
export const shownChannels = 16;

/** The numbers of the channels that reach the largest values, rising. @param ranges of each over all frames, by number */
export function strongestChannels(
  ranges: ReadonlyMap<number, readonly [number, number]>,
  count = shownChannels,
): number[] {
  return Array.from(ranges, ([channel, [min, max]]) => ({ channel, strength: Math.max(-min, max) }))
    .sort((a, b) => b.strength - a.strength || a.channel - b.channel)
    .slice(0, count)
    .map(({ channel }) => channel)
    .sort((a, b) => a - b);
}
