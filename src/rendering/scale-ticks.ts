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
export function scaleTicks(ends: Range, shown: Range = ends): Tick[] {
  const { min: low, max: high } = ends;
  return (low < high ? [0, 0.5, 1] : [0]).map((position) => {
    const sign = isClipped(position, ends, shown) ? (position === 0 ? '\u2264 ' : '\u2265 ') : '';
    return { position, label: `${sign}${formatNumber(low + (high - low) * position)}` };
  });
}

/** Values beyond an end by no more than a rounding error are not. */
function isClipped(position: number, ends: Range, { min, max }: Range): boolean {
  const tolerance = 1e-6 * (ends.max - ends.min);
  return position === 0 ? min < ends.min - tolerance : position === 1 && max > ends.max + tolerance;
}
