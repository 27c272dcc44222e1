// Colors and distances.

import type { Color } from '../base/raster.js';

/** The colors around the maps. No ramp contains the two colors of a non-value, and in gray they still differ. */
export const colors = {
  page: [255, 255, 255],
  ink: [24, 24, 32],
  secondary: [104, 104, 116],
  /** around images, which may be as white as the page */
  frame: [176, 176, 186],
  /** of what is not to be taken for a finding */
  warning: [190, 40, 30],
  /** checkered where there is no number */
  nonValue: [
    [255, 0, 0],
    [255, 190, 190],
  ],
} as const satisfies Record<string, Color | readonly Color[]>;

/** Text size in units for a picture of this width: type keeps its proportion to the picture. */
export function textUnit(width: number): number {
  return Math.max(2, Math.round(width / 600));
}
