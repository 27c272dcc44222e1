// Fills the area that a moved image leaves empty.

/** What stands where a moved picture leaves its frame empty. */
export const FILL_MODES = ['nearest', 'reflect', 'wrap', 'constant'] as const;
export type FillMode = (typeof FILL_MODES)[number];

/** From where in 0..last a coordinate outside of it is taken; NaN: from nowhere, it is black there. */
export type Filler = (coordinate: number, last: number) => number;

/** As Keras has them from scipy.ndimage.affine_transform, whose `wrap` takes the first and the last pixel for the same. */
export const FILLERS: Record<FillMode, Filler> = {
  nearest: (coordinate, last) => (coordinate < 0 ? 0 : last),
  reflect,
  wrap,
  constant: () => Number.NaN,
};

/** abcd is followed by dcba and preceded by dcba: the mirrors are half a pixel outside of the edge pixels' centers. */
function reflect(coordinate: number, last: number): number {
  const length = last + 1;
  const fromEdge = Math.abs(coordinate + 0.5) % (2 * length);
  const mirrored = Math.min(fromEdge, 2 * length - fromEdge) - 0.5;
  return Math.min(Math.max(mirrored, 0), last);
}

function wrap(coordinate: number, last: number): number {
  if (last === 0) return 0;
  if (coordinate < 0) return coordinate + last * (Math.floor(-coordinate / last) + 1);
  return coordinate - last * Math.floor(coordinate / last);
}
