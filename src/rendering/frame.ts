// How a layer's tiles are arranged, and the width and text size that all pictures of one call share.

import { textUnit } from './style.js';
import { textWidth } from './text.js';
import { enlargement } from './tile.js';

/** What all pictures of a call have in common, so that they can lie side by side. */
export interface Frame {
  /** text size */
  unit: number;
  /** between the margins, pixels */
  width: number;
}

/** Cells in rows: their number, how many a row, and their size in pixels. */
export interface Arrangement {
  count: number;
  columns: number;
  width: number;
  height: number;
}

/** Room for words in a picture of few cells, units. */
export const NARROWEST = 220;

/** A picture is no wider than that because of large maps; what `columns` and `tile` ask for may be. Pixels. */
const roomiest = 1600;

/**
 * Maps enlarged by a whole factor to about `tile` pixels. Of maps that are larger by themselves half as many lie in a row,
 * or a quarter, and so on: no layer's picture becomes much wider than the others.
 */
export function arrangeMaps(
  { width, height, count }: { width: number; height: number; count: number },
  { columns, tile }: { columns: number; tile: number },
): Arrangement & { factor: number } {
  const factor = enlargement(width, height, tile);
  const room = Math.max(roomiest, 1.4 * columns * tile);
  let fitting = columns;
  while (fitting > 1 && Math.min(fitting, count) * width * factor > room) fitting = Math.ceil(fitting / 2);
  return { factor, count, columns: fitting, width: width * factor, height: height * factor };
}

/** The units of a layer without height and width: about as wide as a grid of 16 tiles, whatever their number. */
export function arrangeUnits(count: number): Arrangement {
  const [columns, size] = count <= 16 ? [16, 72] : count <= 2048 ? [64, 17] : [128, 8];
  return { count, columns, width: size, height: size };
}

/**
 * How a layer's tiles are arranged.
 *
 * @param shape without the batch: [height, width, channels] or [units]
 */
export function arrangeLayer(shape: readonly number[], options: { columns: number; tile: number }): Arrangement {
  const [height = 1, width = 1] = shape.length === 3 ? shape : [];
  const count = shape.at(-1) ?? 1;
  return width * height === 1 ? arrangeUnits(count) : arrangeMaps({ width, height, count }, options);
}

/** The frame that holds each of these pictures. */
export function frameOf(pictures: readonly Arrangement[]): Frame {
  const unit = textUnit(Math.max(0, ...pictures.map(cellsWidth)));
  const widths = pictures.map((cells) => rowNumbersWidth(cells, unit) + cellsWidth(cells));
  return { unit, width: Math.max(NARROWEST * unit, ...widths) };
}

/** Cells with a pixel between them. */
export function cellsWidth({ count, columns, width }: Arrangement): number {
  return Math.min(columns, count) * (width + 1) - 1;
}

/** Room for the numbers of rows, at the left. @param step from one row's number to the next */
export function rowNumbersWidth({ count, columns }: Arrangement, unit: number, step = columns): number {
  const rows = Math.ceil(count / columns);
  return rows > 1 ? textWidth(String((rows - 1) * step), unit) + 3 * unit : 0;
}
