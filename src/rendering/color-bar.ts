import { formatNumber } from '../base/numbers.js';
import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import type { Colormap } from './colormap.js';
import { type Range, type Scale, scaleEnds, strengthOf } from './normalize.js';
import { labelValue, type Tick } from './scale-ticks.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

/** What a colour bar says: the ramp, what it stands for, and what its ends and middle mean. */
export interface ColorBar {
  caption: string;
  /** from left to right; of those between the ends the ones without room are left out, that of 0 last */
  ticks: readonly Tick[];
  colormap: Colormap;
  /** where on the ramp, 0..1, the bar begins and ends; absent: it shows the whole ramp */
  part?: Range;
  /** what else the picture's tiles say, below the ticks */
  detail?: string;
  /** the color at a position, 0..1, where it is not the ramp's */
  colorAt?: (position: number) => Color;
}

/**
 * The bar of a picture whose tiles share one scale, or of a single tile: with numbers. Around a mean it ends where values do.
 *
 * @param shown the values that the picture shows: an end that some of them lie beyond stands for those as well
 */
export function numberedBar(caption: string, scale: Scale, colormap: Colormap, shown?: Range): ColorBar {
  const ends = scaleEnds(scale);
  const extent = ends.max - ends.min;
  if (!(extent > 0)) return { caption, ticks: [{ position: 0, label: formatNumber(ends.min) }], colormap };
  const bar = scale.kind === 'zscore' && shown ? cut(ends, withZero(shown)) : ends;
  const inner = [0, (ends.min + ends.max) / 2].filter((value) => value > bar.min && value < bar.max);
  const values = [...new Set([bar.min, ...inner.toSorted((a, b) => a - b), bar.max])];
  const at = (value: number) => (value - ends.min) / extent;
  return {
    caption,
    ticks: values.map((value) => ({
      position: (value - bar.min) / (bar.max - bar.min),
      label: labelValue(value, ends, shown),
    })),
    colormap,
    ...(bar !== ends && { part: { min: at(bar.min), max: at(bar.max) } }),
  };
}

/** A layer's values could be 0 even if none is. */
function withZero({ min, max }: Range): Range {
  return { min: Math.min(0, min), max: Math.max(0, max) };
}

/** What two ranges share; the first one where they share nothing. */
function cut(range: Range, { min, max }: Range): Range {
  const shared = { min: Math.max(range.min, min), max: Math.min(range.max, max) };
  return shared.min < shared.max && (shared.min > range.min || shared.max < range.max) ? shared : range;
}

/** The bar of tiles that each go from 0 to their largest value, with a line below for how large that is. */
export function strengthBar(layer: Range, colormap: Colormap): ColorBar {
  const isSigned = layer.min < 0;
  const [ends, largest] = isSigned ? [['\u2212max', '0', '+max'], 'max |value|'] : [['0', 'max'], 'max'];
  return {
    caption: isSigned ? 'each channel: 0 \u00b1 its max |value|' : 'each channel: 0 to its max',
    ticks: spread(ends),
    colormap,
    detail: `line below: its ${largest} as a part of the layer's, ${formatNumber(strengthOf(layer))}`,
  };
}

/** The bar of tiles that each go from their smallest to their largest value: what the ramp means, without numbers. */
export function minmaxBar(colormap: Colormap): ColorBar {
  return { caption: 'each channel: min to max', ticks: spread(['min', 'max']), colormap };
}

function spread(labels: readonly string[]): Tick[] {
  return labels.map((label, index) => ({ position: index / (labels.length - 1), label }));
}

/**
 * The bar of tiles that each have their mean in the middle: it ends where the values of all of them do.
 *
 * @param channels those that are shown
 */
export function zscoreBar(
  channels: readonly (Range & { mean: number; standardDeviation: number })[],
  colormap: Colormap,
): ColorBar {
  const varied = channels.filter(({ standardDeviation }) => standardDeviation > 0);
  const inDeviations = varied.map(({ mean, standardDeviation, ...range }) => {
    const { min, max } = withZero(range);
    return { min: (min - mean) / standardDeviation, max: (max - mean) / standardDeviation };
  });
  const whole = { min: -2, max: 2 };
  const seen = {
    min: Math.min(...inDeviations.map(({ min }) => min)),
    max: Math.max(...inDeviations.map(({ max }) => max)),
  };
  const bar = varied.length === 0 ? whole : cut(whole, seen);
  const label = (end: number, sign: string) => {
    const deviations = `${end > 0 ? '+' : ''}${formatNumber(Number(end.toPrecision(2)))}\u03c3`;
    return Math.abs(end) === 2 ? `${sign} ${deviations}` : deviations;
  };
  const middle = -bar.min / (bar.max - bar.min);
  return {
    caption: 'each channel: mean \u00b1 2\u03c3',
    ticks: [
      { position: 0, label: label(bar.min, '\u2264') },
      { position: middle, label: 'mean' },
      { position: 1, label: label(bar.max, '\u2265') },
    ],
    colormap,
    ...(bar !== whole && { part: { min: (bar.min + 2) / 4, max: (bar.max + 2) / 4 } }),
  };
}

/** Size in pixels at a text size. */
export function colorBarSize(bar: ColorBar, unit: number): { width: number; height: number } {
  const widths = bar.ticks.map(({ label }) => textWidth(label, unit) + 4 * unit);
  const [first = 0, last = 0] = [widths[0], widths.at(-1)];
  const between = Math.max(0, ...widths.slice(1, -1));
  const words = [bar.caption, bar.detail ?? ''].map((text) => textWidth(text, unit));
  // What is in the middle stays there, however wide only one of the ends is.
  const width = Math.max(128 * unit, ...words, 2 * Math.max(first, last) + between);
  const detailHeight = bar.detail === undefined ? 0 : textHeight(unit) + 4 * unit;
  return { width, height: 2 * textHeight(unit) + 15 * unit + detailHeight };
}

/** Draws caption, ramp, ticks and labels; x and y in pixels, top left. */
export function drawColorBar(raster: Raster, bar: ColorBar, x: number, y: number, unit: number): void {
  const { width } = colorBarSize(bar, unit);
  const top = y + textHeight(unit) + 3 * unit;
  const height = 7 * unit;
  const { min: from, max: to } = bar.part ?? { min: 0, max: 1 };
  drawText(raster, bar.caption, x, y, unit, colors.secondary);
  const colorAt = bar.colorAt ?? ((position: number) => bar.colormap.colors[Math.floor(position * 256)] ?? colors.ink);
  for (let column = 0; column < width; column++) {
    fillRectangle(raster, x + column, top, 1, height, colorAt(from + (column / width) * (to - from)));
  }
  for (const { position, label, left } of placeTicks(bar.ticks, width, unit)) {
    fillRectangle(raster, x + Math.round(position * (width - unit)), top + height, unit, 2 * unit, colors.ink);
    drawText(raster, label, x + left, top + height + 4 * unit, unit, colors.ink);
  }
  if (bar.detail) drawText(raster, bar.detail, x, top + height + 8 * unit + textHeight(unit), unit, colors.secondary);
}

/** Those that have room, and where their labels begin. */
function placeTicks(ticks: readonly Tick[], width: number, unit: number): (Tick & { left: number })[] {
  const isEnd = ({ position }: Tick) => position === 0 || position === 1;
  const rank = (tick: Tick) => (isEnd(tick) ? 0 : tick.label === '0' ? 1 : 2);
  const placed: (Tick & { left: number; right: number })[] = [];
  for (const tick of ticks.toSorted((a, b) => rank(a) - rank(b))) {
    const own = textWidth(tick.label, unit);
    // The first label begins with the ramp and the last ends with it: nothing hangs over.
    const left = Math.round(Math.min(width - own, Math.max(0, tick.position * width - own / 2)));
    const right = left + own;
    const gap = 3 * unit;
    if (placed.every((other) => right + gap <= other.left || left >= other.right + gap)) {
      placed.push({ ...tick, left, right });
    }
  }
  return placed;
}
