// Maps evidence to a place on a ramp around 0, to one of its two colors, and to how opaque that is.

import { formatNumber } from '../base/numbers.js';

/** How opaque the strongest values are, 0..1: what they cover must still be seen. */
const strongestOpacity = 0.85;

/** Below 1, or a quarter of the scale could not be seen. */
const opacityExponent = 0.7;

/** A value's place on a ramp around 0, 0..255: its middle, 128, for 0. */
export function evidencePlace(value: number, limit: number): number {
  return limit > 0 ? Math.min(255, Math.floor(128 * (value / limit + 1))) : 128;
}

/** Where on the ramp the color of a place lies: at one of its ends. How strong the evidence is shows in the opacity alone. */
export function evidenceColor(place: number): number {
  return place < 128 ? 0 : 255;
}

/** How opaque the color of a place is, 0..1: the more the further it is from the ramp's middle. */
export function evidenceOpacity(place: number): number {
  return ((place < 128 ? 127 - place : place - 128) / 127) ** opacityExponent * strongestOpacity;
}

/** A value on the bar of evidence; an end of the bar with what it says of the class. */
export function evidenceLabel(value: number, limit: number): string {
  const end = value === 0 || Math.abs(value) < limit ? '' : value < 0 ? 'against ' : 'for ';
  return `${end}${formatNumber(value)}`;
}
