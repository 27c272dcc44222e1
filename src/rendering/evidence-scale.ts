// Evidence to a place on a ramp around 0, and to how opaque it is.

/** How opaque the strongest values are, 0..1: what they cover must still be seen. */
const strongestOpacity = 0.85;

/** A value's place on a ramp around 0, 0..255: its middle, 128, for 0. */
export function evidencePlace(value: number, limit: number): number {
  return limit > 0 ? Math.min(255, Math.floor(128 * (value / limit + 1))) : 128;
}

/** How opaque the color of a place is, 0..1: the more the further it is from the ramp's middle. */
export function evidenceOpacity(place: number): number {
  return ((place < 128 ? 127 - place : place - 128) / 127) * strongestOpacity;
}
