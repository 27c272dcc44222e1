// The colors of groups.

import type { Color } from '../base/raster.js';

/** Okabe and Ito's colors (2008), distinguishable for color-blind readers, all but black: those that lie far apart come first. */
export const GROUP_COLORS: readonly Color[] = [
  [230, 159, 0],
  [0, 114, 178],
  [0, 158, 115],
  [240, 228, 66],
  [204, 121, 167],
  [213, 94, 0],
  [86, 180, 233],
];

/** #rrggbb */
export function nameColor(color: Color): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
