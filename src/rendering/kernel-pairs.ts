// Single kernels of a layer, each beside its start where that is known.

import type { Raster } from '../base/raster.js';
import { numberedBar } from './color-bar.js';
import { getColormap } from './colormap.js';
import { formatShape } from './format-shape.js';
import { aroundZero, explainNonValues } from './kernels.js';
import { normalizeValues } from './normalize.js';
import { checkSample } from './notes.js';
import { renderPage } from './page.js';
import { textUnit } from './style.js';
import { textWidth } from './text.js';
import { enlargement, paintMap } from './tile.js';

/** Where a kernel lies in its layer, both from 0. */
export interface PlacedKernel {
  inputChannel: number;
  filter: number;
}

export interface RankedKernelsOptions {
  title: string;
  /** [height, width, input channels, filters] */
  shape: readonly [number, number, number, number];
  /** in the order of `shape` */
  values: Float32Array;
  /** the same at the start */
  initial?: Float32Array;
  kernels: readonly (PlacedKernel & { caption: string })[];
  sentences: readonly string[];
}

const columns = 8;
const tileSize = 54;
/** between a kernel's start and itself */
const pairGap = 6;

/** Some kernels of a layer in order, on one scale around 0; where the start is known, each with it at the left. */
export function renderRankedKernels(options: RankedKernelsOptions): Raster {
  const { title, shape, values, initial, kernels, sentences } = options;
  const [height, width, inputs, filters] = shape;
  const ramp = getColormap('coolwarm');
  const take = (from: Float32Array, { inputChannel, filter }: PlacedKernel) =>
    Float32Array.from(
      { length: height * width },
      (_, at) => from[(at * inputs + inputChannel) * filters + filter] as number,
    );
  const pairs = kernels.map((kernel) => [...(initial ? [take(initial, kernel)] : []), take(values, kernel)]);
  const scale = aroundZero(Float32Array.from(pairs.flat().flatMap((one) => Array.from(one))));
  const factor = enlargement(width, height, tileSize);
  const pairWidth = initial ? 2 * width * factor + pairGap : width * factor;
  const unit = textUnit(columns * pairWidth);
  const captions = kernels.map(({ caption }) => caption);
  const cellWidth = Math.max(pairWidth, ...captions.map((caption) => textWidth(caption, unit))) + 8 * unit;
  return renderPage({
    title,
    subtitle: `${formatShape(shape)}${initial ? ': at the start (left) and now (right)' : ''}`,
    bar: numberedBar('kernels shown: one scale', scale, ramp),
    cells: { count: kernels.length, columns, width: cellWidth, height: height * factor },
    numbered: false,
    captions,
    notes: [...explainNonValues(values, checkSample(ramp)), ...sentences.map((text) => ({ text }))],
    paintCell(target, index, x, y) {
      const left = x + Math.floor((cellWidth - pairWidth) / 2);
      (pairs[index] as Float32Array[]).forEach((kernel, place) => {
        const map = { width, height, indexes: normalizeValues(kernel, scale) };
        paintMap(target, map, left + place * (width * factor + pairGap), y, factor, ramp);
      });
    },
  });
}
