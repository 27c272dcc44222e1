// Dead channels and non-finite numbers, in words.

import { formatCount } from '../base/counts.js';
import type { PlaneStatistics } from '../base/plane.js';
import type { Colormap } from './colormap.js';
import { nonValueIndex, normalizeValues, type Scale } from './normalize.js';
import type { Note } from './page.js';
import { crossOut, paintMap } from './tile.js';

/** Channels that a picture marks, by their position among those drawn. */
export interface MarkedChannels {
  /** every value is 0; on other images it may be otherwise */
  zero: number[];
  /** every value is the same, and not 0 */
  constant: number[];
  /** some value is NaN or infinite */
  nonFinite: number[];
}

/** Sorts out the channels that need a mark. */
function findMarkedChannels(channels: readonly PlaneStatistics[]): MarkedChannels {
  const marked: MarkedChannels = { zero: [], constant: [], nonFinite: [] };
  channels.forEach((channel, index) => {
    if (channel.nonFiniteCount > 0) marked.nonFinite.push(index);
    else if (isConstant(channel)) (channel.max === 0 ? marked.zero : marked.constant).push(index);
  });
  return marked;
}

/** Whether a channel holds one value only. */
export function isConstant({ min, max, nonFiniteCount }: PlaneStatistics): boolean {
  return min === max && nonFiniteCount === 0;
}

/**
 * The sentences that explain the marks of a picture.
 *
 * @param numbers of the channels in their layer
 * @param scaleOf what a channel is scaled by
 */
export function explainMarks(
  channels: readonly PlaneStatistics[],
  numbers: readonly number[],
  scaleOf: (channel: PlaneStatistics) => Scale,
  colormap: Colormap,
): Note[] {
  const { zero, constant, nonFinite } = findMarkedChannels(channels);
  const values = nonFinite.reduce((sum, index) => sum + (channels[index]?.nonFiniteCount ?? 0), 0);
  const list = (marked: readonly number[]) => listChannels(marked.map((index) => numbers[index] as number));
  const notes: Note[] = [];
  // The sample has the color of the first of them.
  const sample = ([index]: readonly number[]) => {
    const channel = channels[index as number] as PlaneStatistics;
    return crossSample(channel.max, scaleOf(channel), colormap);
  };
  if (zero.length > 0) notes.push({ text: `all 0 on this image: ${list(zero)}`, paintSample: sample(zero) });
  if (constant.length > 0) notes.push({ text: `constant: ${list(constant)}`, paintSample: sample(constant) });
  if (values > 0) {
    notes.push({
      text: `NaN or infinite: ${list(nonFinite)} (values: ${formatCount(values)})`,
      paintSample: checkSample(colormap),
    });
  }
  return notes;
}

/** What a map that holds one value only looks like. */
export function crossSample(value: number, scale: Scale, colormap: Colormap): NonNullable<Note['paintSample']> {
  const map = { width: 1, height: 1, indexes: normalizeValues(Float32Array.of(value), scale) };
  return (raster, x, y, size) => {
    paintMap(raster, map, x, y, size, colormap);
    crossOut(raster, x, y, size, size);
  };
}

export function checkSample(colormap: Colormap): NonNullable<Note['paintSample']> {
  const map = { width: 1, height: 1, indexes: Uint16Array.of(nonValueIndex) };
  return (raster, x, y, size) => paintMap(raster, map, x, y, size, colormap);
}

const listedAtMost = 24;

function listChannels(channels: readonly number[]): string {
  const shown = channels.slice(0, listedAtMost).join(', ');
  const noun = channels.length === 1 ? 'channel' : 'channels';
  return channels.length > listedAtMost ? `${formatCount(channels.length)} ${noun}: ${shown}, ...` : `${noun} ${shown}`;
}
