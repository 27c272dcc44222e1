// A one-dimensional layer as one picture.

import { formatCount } from '../base/counts.js';
import { formatNumber } from '../base/numbers.js';
import { measurePlanes, type PlaneStatistics } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { numberedBar } from './color-bar.js';
import { type ColormapName, getColormap } from './colormap.js';
import { formatShape } from './format-shape.js';
import { arrangePlaces, arrangeUnits, type Frame } from './frame.js';
import { chooseScale, normalizeValues, type Range, rangeScale, type Scale, type Scaling } from './normalize.js';
import { checkSample, crossSample } from './notes.js';
import { type Note, renderPage } from './page.js';
import { crossOut, paintMap } from './tile.js';

export interface StripOptions {
  /** the layer's name */
  title: string;
  /** as Keras gives it, with the batch: [1, units] */
  shape: readonly number[];
  /** one value for each unit */
  values: Float32Array;
  /** of a Flatten: the shape of the maps that its units come from */
  flattened?: readonly number[] | null;
  /** the units share one scale */
  scaling: Scaling;
  colormap: ColormapName;
  /** of all pictures of the call */
  frame?: Frame;
  /** the image, to be shown small */
  photograph?: Raster;
  /** what is to be said below */
  sentences: readonly string[];
}

/** The units of a layer without height and width (Flatten, Dense), a cell each, in rows; few units with their values. */
export function renderStrip(options: StripOptions): Raster {
  const { title, shape, values, scaling, sentences, frame, photograph, flattened } = options;
  const colormap = getColormap(options.colormap);
  const statistics = measurePlanes([{ width: values.length, height: 1, values }]);
  // One value has no spread of its own: a probability, which it mostly is, is shown between 0 and 1.
  const alone = values.length === 1 && typeof scaling === 'string';
  const scale = alone ? rangeScale(withUnitRange(statistics)) : scaleUnits(scaling, statistics);
  const indexes = normalizeValues(values, scale);
  const cells = arrangeUnits(values.length, flattened);
  const size = cells.width;
  return renderPage({
    title,
    subtitle: `${formatShape(shape)}${cells.rowNames && flattened ? `: ${describeUnitRows(flattened)}` : ''}`,
    bar: numberedBar(alone ? 'one unit' : captionUnits(scaling, statistics), scale, colormap, statistics),
    cells,
    ...(frame && { frame }),
    ...(photograph && { photograph }),
    numbered: 'running',
    ...(values.length <= cells.columns && size >= 72 ? { captions: Array.from(values, formatNumber) } : {}),
    notes: [...explainUnits(statistics, values.length), ...sentences.map((text) => ({ text }))],
    paintCell(target, index, x, y) {
      paintMap(target, { width: 1, height: 1, indexes: indexes.subarray(index, index + 1) }, x, y, size, colormap);
      if (holdOneValue(statistics, values.length)) crossOut(target, x, y, size, size);
    },
  });

  function explainUnits({ nonFiniteCount, max }: PlaneStatistics, count: number): Note[] {
    const notes: Note[] = [];
    if (holdOneValue(statistics, count)) {
      const text = max === 0 ? 'all units are 0 on this image' : 'constant: all units are equal';
      notes.push({ text, paintSample: crossSample(max, scale, colormap) });
    }
    if (nonFiniteCount > 0) {
      notes.push({
        text: `NaN or infinite: ${formatCount(nonFiniteCount)} of ${formatCount(count)}`,
        paintSample: checkSample(colormap),
      });
    }
    return notes;
  }
}

/** What stands in the rows of a Flatten's units; undefined where they are not those of places. */
function describeUnitRows(flattened: readonly number[]): string | undefined {
  const rows = arrangePlaces(flattened);
  if (rows === undefined) return undefined;
  const [height, width] = flattened;
  const maps = `the ${height} \u00d7 ${width} maps`;
  return rows.isByPlace
    ? `a row for each place (y, x) of ${maps}, a column for each channel`
    : `a row for each y of ${maps}`;
}

/** Units have no mean and spread of their own: without a scale that was asked for they are drawn from 0. */
export function scaleUnits(scaling: Scaling, units: PlaneStatistics): Scale {
  return chooseScale(scaling === 'zscore' ? 'strength' : scaling, units, units);
}

/** What the bar of units says that they are scaled by. */
export function captionUnits(scaling: Scaling, { min }: Range): string {
  if (typeof scaling !== 'string') return scaling.caption;
  if (scaling === 'minmax' || scaling === 'layer') return 'all units: min to max';
  return min < 0 ? 'all units: 0 \u00b1 max |value|' : 'all units: 0 to max';
}

function withUnitRange({ min, max }: Range): Range {
  return { min: Math.min(0, min), max: Math.max(1, max) };
}

/** Whether several units hold one value only; a single one always does, and that says nothing. */
function holdOneValue({ min, max, nonFiniteCount }: PlaneStatistics, count: number): boolean {
  return count > 1 && min === max && nonFiniteCount === 0;
}
