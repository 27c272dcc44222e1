// All maps of a layer as one picture that can be read back.

import type { Plane } from '../base/plane.js';
import type { Color } from '../base/raster.js';
import { getColormap } from '../rendering/colormap.js';
import { encodeFilteredPng } from '../rendering/indexed-png.js';
import { chooseSteps, exactSteps, placeOfSteps, stepCounts } from './map-steps.js';

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
  /** of each channel */
  steps: number[];
  /** of channels with NaN or infinities: how many values have a number, and how many have none, in turn */
  nonFinite: Record<number, number[]>;
}

/**
 * All maps of a layer as one picture: a pixel is the step next to its value, at equal distances from its channel's lowest to its
 * highest; seen in the ramp's colors by whoever shows the picture as it is. What is 0 in a channel above 0 stays 0 exactly.
 *
 * @param ranges one a channel
 * @param isExact in 256 steps
 */
export function encodeSheet(planes: readonly Plane[], ranges: readonly StepRange[], isExact = false): Sheet {
  const [{ width, height }] = planes as [Plane];
  const columns = Math.min(columnsAtMost, planes.length);
  const rowLength = columns * width;
  const indexes = new Uint8Array(rowLength * Math.ceil(planes.length / columns) * height);
  const nonFinite: Record<number, number[]> = {};
  const strength = ranges.reduce((most, { min, max }) => Math.max(most, -min, max), 0);
  const steps = ranges.map((range) => (isExact ? exactSteps : chooseSteps(range, strength)));
  planes.forEach((plane, channel) => {
    const origin = Math.floor(channel / columns) * height * rowLength + (channel % columns) * width;
    const isWhole = writeSteps(plane, ranges[channel] as StepRange, steps[channel] as number, {
      indexes,
      origin,
      rowLength,
    });
    if (!isWhole) nonFinite[channel] = findGaps(plane.values);
  });
  const palette = (isExact ? [exactSteps] : stepCounts).flatMap(colorSteps);
  const picture = { width: rowLength, height: indexes.length / rowLength, indexes, palette };
  return { png: encodeFilteredPng(picture), columns, steps, nonFinite };
}

function colorSteps(count: number): Color[] {
  const ramp = getColormap('viridis').colors;
  return Array.from({ length: count }, (_, step) => ramp[Math.round((255 * step) / (count - 1))] as Color);
}

/** @returns whether every value is a number */
function writeSteps(
  { width, height, values }: Plane,
  { min, max }: StepRange,
  count: number,
  { indexes, origin, rowLength }: { indexes: Uint8Array; origin: number; rowLength: number },
): boolean {
  const factor = max > min ? (count - 1) / (max - min) : 0;
  const first = placeOfSteps(count);
  let isWhole = true;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x] as number;
      const isNumber = value - value === 0;
      if (!isNumber) isWhole = false;
      indexes[origin + y * rowLength + x] = first + (isNumber ? Math.round((value - min) * factor) : 0);
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
