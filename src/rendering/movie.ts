// Pictures that follow each other.

import type { Raster } from '../base/raster.js';

export interface Movie {
  /** all of one size */
  frames: readonly MovieFrame[];
}

export interface MovieFrame {
  raster: Raster;
  /** how long it is shown, up to 65,535 */
  durationMs: number;
}
