// Paints one map.

import { blendPixel, type Color, pixelView, type Raster } from '../base/raster.js';
import type { Colormap } from './colormap.js';
import { nonValueIndex } from './normalize.js';
import { colors } from './style.js';

/** A map as ramp indexes, ready to be painted. */
export interface IndexedMap {
  width: number;
  height: number;
  /** 0..255, or `nonValueIndex`; index = y * width + x */
  indexes: Uint16Array;
}

/** The whole factor that brings a map nearest to a size, never below 1. All in pixels. */
export function enlargement(width: number, height: number, size: number): number {
  return Math.max(1, Math.round(size / Math.max(width, height)));
}

/** Paints a map with its top left at x, y, every value a square of `factor` pixels; non-values are checkered. */
export function paintMap(raster: Raster, map: IndexedMap, x: number, y: number, factor: number, ramp: Colormap): void {
  const pixels = pixelView(raster);
  for (let row = 0; row < map.height; row++) {
    const start = (y + row * factor) * raster.width + x;
    let target = start;
    for (let column = 0; column < map.width; column++) {
      const index = map.indexes[row * map.width + column] as number;
      const color = ramp.packed[index] as number;
      for (let copy = 0; copy < factor; copy++) pixels[target++] = color;
    }
    for (let copy = 1; copy < factor; copy++) pixels.copyWithin(start + copy * raster.width, start, target);
  }
  if (map.indexes.includes(nonValueIndex)) checkNonValues(raster, map, x, y, factor);
}

/** Turns squares of the non-values' first color into a pattern of both, so that they stand out without color too. */
function checkNonValues(raster: Raster, map: IndexedMap, x: number, y: number, factor: number): void {
  for (let row = 0; row < map.height * factor; row++) {
    for (let column = 0; column < map.width * factor; column++) {
      const index = map.indexes[Math.floor(row / factor) * map.width + Math.floor(column / factor)];
      const check = ((column >> 1) + (row >> 1)) & 1;
      if (index === nonValueIndex && check === 1) blendPixel(raster, x + column, y + row, colors.nonValue[1], 1);
    }
  }
}

/** Crosses out a painted map that holds one value only, in black or white, whichever shows on its color. */
export function crossOut(raster: Raster, x: number, y: number, width: number, height: number): void {
  const offset = (y * raster.width + x) * 4;
  const [red, green, blue] = raster.data.subarray(offset, offset + 3) as unknown as Color;
  const color: Color = 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? [0, 0, 0] : [255, 255, 255];
  const pen = Math.max(1, Math.min(width, height) / 48);
  const slant = Math.sqrt(width * width + height * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const across = (column + 0.5) * height;
      const down = (row + 0.5) * width;
      const distance = Math.min(Math.abs(across - down), Math.abs(across + down - width * height)) / slant;
      const coverage = Math.min(1, 0.5 + pen / 2 - distance);
      if (coverage > 0) blendPixel(raster, x + column, y + row, color, 0.5 * coverage);
    }
  }
}
