// Locates the cells of a map on the picture that they explain.

import type { CellPlaces } from '../base/cell-places.js';
import { formatNumber } from '../base/numbers.js';
import type { NetworkLayer } from '../engines/contract/engine.js';
import { type CellField, measureSide } from '../engines/contract/receptive-field.js';
import { blurSigma } from './blur.js';
import type { SpatialLayer } from './select-layer.js';

/**
 * Where the cells of a layer's maps lie: in the middles of their receptive fields; evenly over the picture where what they see is
 * not known.
 *
 * @param inputShape of the network: the picture is stretched to it
 */
export function locateCells({ shape, field }: SpatialLayer, inputShape: readonly number[]): CellPlaces {
  const [rows, columns] = shape;
  const [height = 1, width = 1] = inputShape;
  return { rows: locateSide(field?.rows, rows, height), columns: locateSide(field?.columns, columns, width) };
}

function locateSide(cells: readonly CellField[] | undefined, count: number, size: number): number[] {
  const even = Array.from({ length: count }, (_, cell) => (cell + 0.5) / count);
  const middles = cells?.map(({ middle }) => middle / size) ?? even;
  const ascends = middles.every((middle, cell) => cell === 0 || middle > (middles[cell - 1] as number));
  return ascends ? middles : even;
}

/** The same of any layer; undefined of one without maps. */
export function locateLayerCells(
  { name, shape, field }: Pick<NetworkLayer, 'name' | 'shape' | 'field'>,
  { inputShape }: { inputShape: readonly number[] },
): CellPlaces | undefined {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined) return undefined;
  return locateCells({ name, shape: [height, width, channels], field }, inputShape);
}

/** The pixels that a network gets, as if they were the cells of a layer. */
export function pixelsOf(inputShape: readonly number[]): SpatialLayer {
  const [height = 1, width = 1, channels = 1] = inputShape;
  const side = (size: number) =>
    Array.from({ length: size }, (_, from) => ({ from, to: from + 1, middle: from + 0.5 }));
  return { name: 'input', shape: [height, width, channels], field: { rows: side(height), columns: side(width) } };
}

/** What has to be known to read a picture of a map of pixels. */
export function describePixels({ shape: [height, width] }: SpatialLayer): string {
  const sigma = formatNumber(blurSigma({ width, height }));
  return `${height} × ${width} values, one for each pixel that the network gets, blurred here (sigma ${sigma} pixels)`;
}

/** What has to be known to read a map of windows that were hidden one after the other. */
export function describeWindows(
  { shape: [rows, columns], field }: SpatialLayer,
  inputShape: readonly number[],
): string {
  const side = measureSide(field?.columns ?? []).extent;
  const window = `windows of ${side} × ${side} of ${inputShape[0]} × ${inputShape[1]} pixels, hidden one after the other`;
  return `${rows} × ${columns} ${window}`;
}

/** What has to be known of the cells to read a map: how many there are, and how much of the image each sees. */
export function describeCells(layer: SpatialLayer, inputShape: readonly number[]): string {
  const { shape, field } = layer;
  const size = (height: number | undefined, width: number | undefined) => `${height} × ${width}`;
  const cells = `${size(shape[0], shape[1])} cells`;
  if (field === null) return `${cells}, spread evenly: each may see the whole image`;
  const seesAll = (cells: readonly CellField[], side: number | undefined) =>
    cells.every(({ from, to }) => to - from === side);
  if (seesAll(field.rows, inputShape[0]) && seesAll(field.columns, inputShape[1])) {
    return `${cells}, each of which can see the whole image: ${size(inputShape[0], inputShape[1])} pixels`;
  }
  const seen = size(measureSide(field.rows).extent, measureSide(field.columns).extent);
  return `${cells}, each in the middle of what it sees: ${seen} of ${size(inputShape[0], inputShape[1])} pixels`;
}
