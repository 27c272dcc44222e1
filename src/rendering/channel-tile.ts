// One channel as a tile, and the color bar of several.

import type { Plane, PlaneStatistics } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { type ColorBar, minmaxBar, numberedBar, strengthBar, zscoreBar } from './color-bar.js';
import type { Colormap } from './colormap.js';
import { normalizeValues, type Range, rangeScale, type Scale, type Scaling } from './normalize.js';
import { isConstant } from './notes.js';
import { crossOut, paintMap } from './tile.js';

/** Paints one channel on its scale, every value a square of `factor` pixels; crossed out where it holds one value only. */
export function paintChannel(
  target: Raster,
  { plane, statistics, scale }: { plane: Plane; statistics: PlaneStatistics; scale: Scale },
  place: { x: number; y: number; factor: number },
  colormap: Colormap,
): void {
  const { width, height } = plane;
  const { x, y, factor } = place;
  paintMap(target, { width, height, indexes: normalizeValues(plane.values, scale) }, x, y, factor, colormap);
  if (isConstant(statistics)) crossOut(target, x, y, width * factor, height * factor);
}

/** The bar of a picture of several channels of a layer: those shown. @param size values a channel */
export function layerBar(
  scaling: Scaling,
  { layer, shown, size }: { layer: Range; shown: readonly PlaneStatistics[]; size: number },
  colormap: Colormap,
): ColorBar {
  if (typeof scaling !== 'string') {
    return numberedBar(scaling.caption, rangeScale(scaling), colormap, combineRanges(shown, size));
  }
  if (scaling === 'strength') return strengthBar(layer, colormap);
  if (scaling === 'minmax') return minmaxBar(colormap);
  if (scaling === 'zscore') return zscoreBar(shown, colormap);
  return numberedBar('all channels: one scale', rangeScale(layer), colormap);
}

/** The range of several channels together; those without a finite value have none. @param size values a channel */
export function combineRanges(channels: readonly PlaneStatistics[], size: number): Range {
  const measured = channels.filter(({ nonFiniteCount }) => nonFiniteCount < size);
  if (measured.length === 0) return { min: 0, max: 0 };
  return { min: Math.min(...measured.map(({ min }) => min)), max: Math.max(...measured.map(({ max }) => max)) };
}
