// Several maps over an image, each in its own color.

import type { CellPlaces } from '../base/cell-places.js';
import type { Plane } from '../base/plane.js';
import { type Color, createRaster, type Raster } from '../base/raster.js';
import { placeCells } from './place-cells.js';
import { colors } from './style.js';

/** A map and its color. */
export interface ColoredMap {
  /** nothing below 0 */
  map: Plane;
  color: Color;
}

/** How opaque the strongest values are, 0..1: what they cover must still be seen. */
const strongestOpacity = 0.8;
/** Below 1, or what is weaker could hardly be seen. */
const opacityExponent = 0.7;

/**
 * An image in gray, each pixel in the color of the map that is strongest there, the more opaque the stronger that is.
 *
 * @param limit of the strength that is most opaque; those above it are no different
 */
export function overlayGroups(
  photograph: Raster,
  maps: readonly ColoredMap[],
  cells: CellPlaces,
  limit: number,
): Raster {
  const { width, height, data } = photograph;
  const raster = createRaster(width, height, colors.page);
  const placed = maps.map(({ map }) => placeCells(map, cells, { width, height, smooth: true }).values);
  for (let pixel = 0; pixel < width * height; pixel++) {
    let [strongest, value] = [-1, 0];
    for (let group = 0; group < placed.length; group++) {
      const own = placed[group]?.[pixel] as number;
      if (own > value) [strongest, value] = [group, own];
    }
    const [red, green, blue] = data.subarray(pixel * 4, pixel * 4 + 3) as unknown as [number, number, number];
    const gray = 0.299 * red + 0.587 * green + 0.114 * blue; // ITU-R BT.601
    const opacity = limit > 0 ? Math.min(1, value / limit) ** opacityExponent * strongestOpacity : 0;
    for (let part = 0; part < 3; part++) {
      const color = maps[strongest]?.color[part] ?? 0;
      raster.data[pixel * 4 + part] = Math.round(gray + (color - gray) * opacity);
    }
  }
  return raster;
}
