// A layer's kernels, as tiles and in color.

import { formatCount } from '../base/counts.js';
import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import { type ColorBar, numberedBar } from './color-bar.js';
import { getColormap } from './colormap.js';
import { formatShape } from './format-shape.js';
import { normalizeValues, type Scale } from './normalize.js';
import { checkSample } from './notes.js';
import { type Note, renderPage } from './page.js';
import { enlargement, paintMap } from './tile.js';

export interface KernelsOptions {
  /** the layer's name */
  title: string;
  /** how the title goes on */
  about?: string;
  /** [height, width, input channels, filters] */
  shape: readonly [number, number, number, number];
  /** in the order of `shape` */
  values: Float32Array;
}

/** About as wide and high as the tiles of all input channels, or filters, together get, pixels. */
const wantedSize = 1200;
const [smallestTile, largestTile] = [6, 48];

/**
 * Every kernel of a layer as a tile, on one scale around 0: a column for each filter, a row for each input channel.
 */
export function renderKernelTiles({ title, about = '', shape, values }: KernelsOptions): Raster {
  const [height, width, inputs, filters] = shape;
  const ramp = getColormap('coolwarm');
  const scale = aroundZero(values);
  const indexes = normalizeValues(values, scale);
  const tile = Math.min(largestTile, Math.max(smallestTile, wantedSize / Math.max(inputs, filters)));
  const factor = enlargement(width, height, tile);
  return renderPage({
    title: `${title}, kernels${about}`,
    subtitle: `${formatShape(shape)}: a column for each filter, a row for each input channel`,
    bar: numberedBar('all kernels: one scale', scale, ramp),
    cells: { count: filters * inputs, columns: filters, width: width * factor, height: height * factor },
    numbered: 'table',
    notes: explainNonValues(values, checkSample(ramp)),
    paintCell(target, index, x, y) {
      // The last two axes, input channel and filter, are the index itself.
      const own = Uint16Array.from({ length: height * width }, (_, at) => indexes[at * inputs * filters + index] ?? 0);
      paintMap(target, { width, height, indexes: own }, x, y, factor, ramp);
    },
  });
}

/**
 * Every filter of a layer that sees red, green and blue as a picture in color, all on one scale: medium gray is 0, and a
 * filter responds most to what looks like its picture.
 */
export function renderColorKernels({ title, about = '', shape, values }: KernelsOptions): Raster {
  const [height, width, , filters] = shape;
  const scale = aroundZero(values);
  const factor = enlargement(width, height, 72);
  const at = (row: number, column: number, part: number, filter: number) =>
    brightness(values[((row * width + column) * 3 + part) * filters + filter] as number, scale.high);
  return renderPage({
    title: `${title}, kernels in color${about}`,
    subtitle: formatShape(shape),
    bar: colorBarOf(scale),
    cells: { count: filters, columns: 16, width: width * factor, height: height * factor },
    numbered: 'running',
    notes: explainNonValues(values),
    paintCell(target, filter, x, y) {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const color: Color = [at(row, column, 0, filter), at(row, column, 1, filter), at(row, column, 2, filter)];
          fillRectangle(target, x + column * factor, y + row * factor, factor, factor, color);
        }
      }
    },
  });
}

/** A scale as far below 0 as above it: to the number that lies farthest away. */
export function aroundZero(values: Float32Array): Extract<Scale, { kind: 'range' }> {
  let limit = 0;
  for (const value of values) if (Number.isFinite(value) && Math.abs(value) > limit) limit = Math.abs(value);
  return { kind: 'range', low: -limit, high: limit };
}

/** 0..255, with 128 for 0 and for non-finite values. */
function brightness(value: number, limit: number): number {
  return limit > 0 && Number.isFinite(value) ? Math.round(127.5 * (value / limit) + 127.5) : 128;
}

function colorBarOf(scale: Extract<Scale, { kind: 'range' }>): ColorBar {
  const colorAt = (position: number): Color => {
    const part = brightness(2 * position - 1, 1);
    return [part, part, part];
  };
  return { ...numberedBar('red, green and blue, each', scale, getColormap('gray')), colorAt };
}

export function explainNonValues(values: Float32Array, paintSample?: Note['paintSample']): Note[] {
  const count = values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  if (count === 0) return [];
  const text = `NaN or infinite: ${formatCount(count)} of ${formatCount(values.length)} numbers`;
  return [paintSample ? { text, paintSample } : { text: `${text}, as gray` }];
}
