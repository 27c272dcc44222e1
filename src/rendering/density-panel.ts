// How groups of images are spread over a scale, as areas over each other with an outline each.

import { formatNumber } from '../base/numbers.js';
import { blendPixel, type Color, fillRectangle, type Raster } from '../base/raster.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

/** What a panel shows: of each group the shares in bins of equal width, between the ends of one scale. */
export interface Spread {
  low: number;
  high: number;
  groups: readonly ArrayLike<number>[];
  /** one a group */
  colors: readonly Color[];
}

const areaHeight = 44;
const areaOpacity = 0.3;
const pen = 2;

/** Height of a panel with the numbers below it, pixels. */
export function densityPanelHeight(unit: number): number {
  return areaHeight + 3 * unit + textHeight(unit);
}

/** Paints areas from the highest of all bins down to a line, and the ends of the scale in numbers. */
export function paintDensities(
  raster: Raster,
  { low, high, groups, colors: groupColors }: Spread,
  { x, y, width, unit }: { x: number; y: number; width: number; unit: number },
): void {
  const highest = Math.max(...groups.flatMap((shares) => Array.from(shares)));
  const base = y + areaHeight;
  const tops = groups.map((shares) =>
    Array.from({ length: width }, (_, column) => {
      const share = shares[Math.floor((column * shares.length) / width)] as number;
      return base - Math.round((share / highest) * (areaHeight - pen));
    }),
  );
  const colorOf = (group: number) => groupColors[group] as Color;
  tops.forEach((top, group) => {
    top.forEach((start, column) => {
      for (let row = start; row < base; row++) blendPixel(raster, x + column, row, colorOf(group), areaOpacity);
    });
  });
  // All outlines over all areas: neither group hides the other.
  tops.forEach((top, group) => {
    top.forEach((start, column) => {
      const before = top[column - 1] ?? base;
      const from = Math.min(start, before);
      const height = Math.abs(start - before) + pen;
      if (start < base || before < base) fillRectangle(raster, x + column, from, 1, height, colorOf(group));
    });
  });
  fillRectangle(raster, x, base, width, 1, colors.secondary);
  const below = base + 3 * unit;
  const [start, end] = [low, high].map(formatEnd) as [string, string];
  drawText(raster, start, x, below, unit, colors.secondary);
  drawText(raster, end, x + width - textWidth(end, unit), below, unit, colors.secondary);
}

/** The ends are those of bins: to two digits they are exact. */
function formatEnd(value: number): string {
  return formatNumber(Number(value.toPrecision(2)));
}
