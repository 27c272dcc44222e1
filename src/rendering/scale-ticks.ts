import { formatNumber } from '../base/numbers.js';
import type { Range } from './normalize.js';

export interface Tick {
  /** 0 (left, the ramp's lowest color) .. 1 */
  position: number;
  label: string;
}

/**
 * The numbers at a color bar's ends and middle; one number for a scale without extent.
 *
 * @param ends the smallest and the largest value with a color of its own
 * @param shown the values that the picture shows: an end that some of them lie beyond stands for those as well
 */
export function scaleTicks(ends: Range, shown?: Range): Tick[] {
  const { min: low, max: high } = ends;
  return (low < high ? [0, 0.5, 1] : [0]).map((position) => {
    return { position, label: labelValue(low + (high - low) * position, ends, shown) };
  });
}

/** A value on a scale; an end that values lie beyond says so. */
export function labelValue(value: number, ends: Range, shown: Range = ends): string {
  // Values beyond an end by no more than a rounding error are not.
  const tolerance = 1e-6 * (ends.max - ends.min);
  const isBelow = value === ends.min && shown.min < ends.min - tolerance;
  const isAbove = value === ends.max && shown.max > ends.max + tolerance;
  return `${isBelow ? '\u2264 ' : isAbove ? '\u2265 ' : ''}${formatNumber(value)}`;
}
