// A layer of a film over its epochs: how far each channel goes, and how much it changes.

import type { Plane } from '../../base/plane.js';
import { decodeLayer, type FrameLayer } from '../../film/frame.js';
import type { Range } from '../../rendering/normalize.js';
import type { ChangingChannel } from './result.js';

/** The smallest and the largest value of each channel over all frames. */
export function measureRanges(frames: readonly FrameLayer[]): Range[] {
  const count = frames[0]?.channels.length ?? 0;
  return Array.from({ length: count }, (_, channel) => {
    const all = frames.map(({ channels }) => channels[channel] as Range);
    return { min: Math.min(...all.map(({ min }) => min)), max: Math.max(...all.map(({ max }) => max)) };
  });
}

/** Channels by how much they change from frame to frame, for their range. @param ranges of each channel over all frames */
export function rankChanges(frames: readonly FrameLayer[], ranges: readonly Range[]): ChangingChannel[] {
  const sums = ranges.map(() => 0);
  let before: Plane[] | undefined;
  for (const frame of frames) {
    const planes = decodeLayer(frame);
    planes.forEach((plane, channel) => {
      const old = before?.[channel];
      if (old) sums[channel] = (sums[channel] as number) + meanSquareDifference(old, plane);
    });
    before = planes;
  }
  const steps = Math.max(1, frames.length - 1);
  return ranges
    .map(({ min, max }, channel) => {
      const change = max > min ? Math.sqrt((sums[channel] as number) / steps) / (max - min) : 0;
      return { channel, change };
    })
    .sort((a, b) => b.change - a.change || a.channel - b.channel);
}

function meanSquareDifference(a: Plane, b: Plane): number {
  let [sum, count] = [0, 0];
  for (let index = 0; index < a.values.length; index++) {
    const difference = (a.values[index] as number) - (b.values[index] as number);
    if (!Number.isFinite(difference)) continue;
    sum += difference * difference;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Some of a list at equal distances, the first and the last among them. */
export function spreadOut<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => {
    return items[Math.round((index * (items.length - 1)) / (count - 1))] as Item;
  });
}
