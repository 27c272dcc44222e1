// All maps of a layer as one picture that can be read back.

import type { Plane } from '../base/plane.js';
import { getColormap } from '../rendering/colormap.js';
import { encodeFilteredPng } from '../rendering/indexed-png.js';

/** Maps a row. */
const columnsAtMost = 16;

/** What the first and the last step of a channel stand for. */
export interface StepRange {
  min: number;
  max: number;
}

export interface Sheet {
  png: Uint8Array;
  /** maps a row */
  columns: number;
  /** of channels with NaN or infinities: how many values have a number, and how many have none, in turn */
  nonFinite: Record<number, number[]>;
}

/**
 * All maps of a layer as one picture: a pixel is the step next to its value, of `steps` at equal distances from its channel's
 * lowest to its highest; seen in the ramp's colors by whoever shows the picture as it is. What is 0 in a channel above 0 stays 0
 * exactly. Filters make it a third smaller.
 *
 * @param ranges one a channel
 * @param steps 256 at most
 */
export function encodeSheet(planes: readonly Plane[], ranges: readonly StepRange[], steps: number): Sheet {
  const [{ width, height }] = planes as [Plane];
  const columns = Math.min(columnsAtMost, planes.length);
  const rowLength = columns * width;
  const indexes = new Uint8Array(rowLength * Math.ceil(planes.length / columns) * height);
  const nonFinite: Record<number, number[]> = {};
  planes.forEach((plane, channel) => {
    const origin = Math.floor(channel / columns) * height * rowLength + (channel % columns) * width;
    const isWhole = writeSteps(plane, ranges[channel] as StepRange, steps, { indexes, origin, rowLength });
    if (!isWhole) nonFinite[channel] = findGaps(plane.values);
  });
  const ramp = getColormap('viridis').colors;
  const palette = Array.from(
    { length: steps },
    (_, step) => ramp[Math.round((255 * step) / (steps - 1))] as (typeof ramp)[0],
  );
  const picture = { width: rowLength, height: indexes.length / rowLength, indexes, palette };
  return { png: encodeFilteredPng(picture), columns, nonFinite };
}

/** @returns whether every value is a number */
function writeSteps(
  { width, height, values }: Plane,
  { min, max }: StepRange,
  steps: number,
  { indexes, origin, rowLength }: { indexes: Uint8Array; origin: number; rowLength: number },
): boolean {
  const factor = max > min ? (steps - 1) / (max - min) : 0;
  let isWhole = true;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x] as number;
      if (value - value !== 0) isWhole = false;
      else indexes[origin + y * rowLength + x] = Math.round((value - min) * factor);
    }
  }
  return isWhole;
}

/** Runs of values with a number and without one, in turn. */
function findGaps(values: Float32Array): number[] {
  const runs = [0];
  let isGap = false;
  for (const value of values) {
    if (Number.isFinite(value) === isGap) {
      isGap = !isGap;
      runs.push(0);
    }
    (runs[runs.length - 1] as number)++;
  }
  return runs;
}
