import { formatNumber } from '../base/numbers.js';
import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import type { Colormap } from './colormap.js';
import { type Range, type Scale, scaleEnds, strengthOf } from './normalize.js';
import { scaleTicks, type Tick } from './scale-ticks.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

/** What a colour bar says: the ramp, what it stands for, and what its ends and middle mean. */
export interface ColorBar {
  caption: string;
  ticks: readonly Tick[];
  colormap: Colormap;
  /** what else the picture's tiles say, below the ticks */
  detail?: string;
  /** the color at a position, 0..1, where it is not the ramp's */
  colorAt?: (position: number) => Color;
}

/**
 * The bar of a picture whose tiles share one scale, or of a single tile: with numbers.
 *
 * @param shown the values that the picture shows: an end that some of them lie beyond stands for those as well
 */
export function numberedBar(caption: string, scale: Scale, colormap: Colormap, shown?: Range): ColorBar {
  return { caption, ticks: scaleTicks(scaleEnds(scale), shown), colormap };
}

/** The bar of tiles that each go from 0 to their largest value, with a line below for how large that is. */
export function strengthBar(layer: Range, colormap: Colormap): ColorBar {
  const isSigned = layer.min < 0;
  const [ends, largest] = isSigned ? [['\u2212max', '0', '+max'], 'max |value|'] : [['0', 'max'], 'max'];
  return {
    caption: isSigned ? 'each channel: 0 \u00b1 its max |value|' : 'each channel: 0 to its max',
    ticks: ends.map((label, index) => ({ position: index / (ends.length - 1), label })),
    colormap,
    detail: `line below: its ${largest} as a part of the layer's, ${formatNumber(strengthOf(layer))}`,
  };
}

/** The bar of a picture in which every tile has a scale of its own: what the ramp means, without numbers. */
export function perChannelBar(normalization: 'zscore' | 'minmax', colormap: Colormap): ColorBar {
  const zscore = normalization === 'zscore';
  const labels = zscore ? ['\u2264 \u22122\u03c3', 'mean', '\u2265 +2\u03c3'] : ['min', 'max'];
  return {
    caption: zscore ? 'each channel: mean \u00b1 2\u03c3' : 'each channel: min to max',
    ticks: labels.map((label, index) => ({ position: index / (labels.length - 1), label })),
    colormap,
  };
}

/** Size in pixels at a text size. */
export function colorBarSize(bar: ColorBar, unit: number): { width: number; height: number } {
  const [first = 0, middle = 0, last = 0] = bar.ticks.map(({ label }) => textWidth(label, unit) + 4 * unit);
  // The middle one stays in the middle, however wide only one of the others is.
  const words = [bar.caption, bar.detail ?? ''].map((text) => textWidth(text, unit));
  const width = Math.max(128 * unit, ...words, 2 * Math.max(first, last) + middle);
  const detailHeight = bar.detail === undefined ? 0 : textHeight(unit) + 4 * unit;
  return { width, height: 2 * textHeight(unit) + 15 * unit + detailHeight };
}

/** Draws caption, ramp, ticks and labels; x and y in pixels, top left. */
export function drawColorBar(raster: Raster, bar: ColorBar, x: number, y: number, unit: number): void {
  const { width } = colorBarSize(bar, unit);
  const top = y + textHeight(unit) + 3 * unit;
  const height = 7 * unit;
  drawText(raster, bar.caption, x, y, unit, colors.secondary);
  const colorAt = bar.colorAt ?? ((position: number) => bar.colormap.colors[Math.floor(position * 256)] ?? colors.ink);
  for (let column = 0; column < width; column++) {
    fillRectangle(raster, x + column, top, 1, height, colorAt(column / width));
  }
  for (const { position, label } of bar.ticks) {
    const room = width - textWidth(label, unit);
    // The first label begins with the ramp and the last ends with it: nothing hangs over.
    const left = Math.min(room, Math.max(0, position * width - textWidth(label, unit) / 2));
    fillRectangle(raster, x + Math.round(position * (width - unit)), top + height, unit, 2 * unit, colors.ink);
    drawText(raster, label, x + Math.round(left), top + height + 4 * unit, unit, colors.ink);
  }
  if (bar.detail) drawText(raster, bar.detail, x, top + height + 8 * unit + textHeight(unit), unit, colors.secondary);
}
