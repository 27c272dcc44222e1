// Channels of a layer twice, on one scale, with their difference.

import { measurePlanes, type Plane } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { paintChannel } from './channel-tile.js';
import { numberedBar } from './color-bar.js';
import { type Colormap, type ColormapName, getColormap } from './colormap.js';
import { normalizeValues, rangeScale } from './normalize.js';
import { checkSample, crossSample, isConstant } from './notes.js';
import { type Note, renderPage } from './page.js';
import { reduction, shrinkPlane } from './shrink.js';
import { textUnit } from './style.js';
import { textWidth } from './text.js';
import { enlargement, paintMap } from './tile.js';

/** A channel in the one and in the other. */
export interface ComparedPlanes {
  caption: string;
  /** both of one size */
  a: Plane;
  b: Plane;
}

export interface ComparisonOptions {
  title: string;
  /** which is at the left and which in the middle */
  subtitle: string;
  pairs: readonly ComparedPlanes[];
  colormap: ColormapName;
  /** the images that these are maps of */
  photographs?: readonly Raster[];
  sentences: readonly string[];
}

const columns = 4;
const tileSize = 96;
const gap = 3;

/** For each pair the one, the other, both from the smallest to the largest value of the two, and the other less the one. */
export function renderComparison(options: ComparisonOptions): Raster {
  const { title, subtitle, pairs, colormap, photographs = [], sentences } = options;
  const [ramp, diverging] = [getColormap(colormap), getColormap('coolwarm')];
  const factorOf = ({ a }: ComparedPlanes) => reduction(a.width, a.height, tileSize);
  const shrunk = pairs.map((pair) => ({
    a: shrinkPlane(pair.a, factorOf(pair)),
    b: shrinkPlane(pair.b, factorOf(pair)),
  }));
  const differences = shrunk.map(({ a, b }) => subtract(b, a));
  // Where nothing differs any limit will do: 0 lies in the middle.
  const largest = Math.max(0, ...differences.map(largestSize));
  const limit = largest || 1;
  const { width = 1, height = 1 } = differences[0] ?? {};
  const factor = enlargement(width, height, tileSize);
  const step = width * factor + gap;
  const unit = textUnit(columns * 3 * step);
  const widest = Math.max(3 * step - gap, ...pairs.map(({ caption }) => textWidth(caption, unit)));
  const scale = rangeScale({ min: -limit, max: limit });
  return renderPage({
    title,
    subtitle,
    photograph: photographs,
    bar: {
      ...numberedBar(largest > 0 ? 'difference: one scale' : 'difference: none', scale, diverging),
      detail: 'left and middle: from min to max of the two',
    },
    cells: { count: pairs.length, columns, width: widest + 6 * unit, height: height * factor },
    numbered: false,
    captions: pairs.map(({ caption }) => caption),
    notes: [...sentences.map((text) => ({ text })), ...explainTiles(pairs, shrunk, ramp)],
    paintCell(target, index, x, y) {
      const { a, b } = shrunk[index] as { a: Plane; b: Plane };
      const both = measurePlanes([a, b]);
      for (const [place, plane] of [a, b].entries()) {
        const channel = { plane, statistics: measurePlanes([plane]), scale: rangeScale(both) };
        paintChannel(target, channel, { x: x + place * step, y, factor }, ramp);
      }
      const map = { width, height, indexes: normalizeValues((differences[index] as Plane).values, scale) };
      paintMap(target, map, x + 2 * step, y, factor, diverging);
    },
  });
}

function subtract({ width, height, values }: Plane, other: Plane): Plane {
  return { width, height, values: values.map((value, index) => value - (other.values[index] as number)) };
}

function largestSize({ values }: Plane): number {
  return values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
}

/** What the marks of tiles mean, and what a square stands for. */
function explainTiles(
  pairs: readonly ComparedPlanes[],
  shrunk: readonly Omit<ComparedPlanes, 'caption'>[],
  ramp: Colormap,
): Note[] {
  const notes: Note[] = [];
  const tiles = shrunk.flatMap(({ a, b }) => [measurePlanes([a]), measurePlanes([b])]);
  if (tiles.some(isConstant)) {
    const paintSample = crossSample(0, rangeScale({ min: 0, max: 1 }), ramp);
    notes.push({ text: 'crossed out: the same value everywhere', paintSample });
  }
  if (tiles.some(({ nonFiniteCount }) => nonFiniteCount > 0)) {
    notes.push({ text: 'NaN or infinite: no difference there', paintSample: checkSample(ramp) });
  }
  const { width, height } = pairs[0]?.a ?? { width: 1, height: 1 };
  const factor = reduction(width, height, tileSize);
  if (factor > 1) {
    notes.push({ text: `maps of ${width} x ${height}: each square is the mean of ${factor} x ${factor} values` });
  }
  return notes;
}
