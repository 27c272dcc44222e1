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
  /** what stands at the left of rows, where it is not the number of their first cell */
  rowNames?: RowNames;
  /** what stands above columns, where it is not their numbers */
  columnNames?: readonly string[];
}

/** Names of rows; where there is no room for all, every `group`th has one. */
export interface RowNames {
  names: readonly string[];
  group: number;
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

/**
 * The units of a layer without height and width: about as wide as a grid of 16 tiles, whatever their number. Those of a Flatten
 * lie as they did in the maps, in rows of one place.
 *
 * @param flattened the shape of those maps
 */
export function arrangeUnits(count: number, flattened?: readonly number[] | null): Arrangement {
  const rows = flattened && arrangePlaces(flattened);
  if (rows) {
    const { columns, rowNames } = rows;
    // Neither wider nor higher than the others.
    const size = Math.floor((16 * 73) / Math.max(columns, rowNames.names.length)) - 1;
    return { count, columns, width: clamp(size, 2, 17), height: clamp(size, 2, 17), rowNames };
  }
  const [columns, size] = count <= 16 ? [16, 72] : count <= 2048 ? [64, 17] : [128, 8];
  return { count, columns, width: size, height: size };
}

/** More cells do not lie in one row. */
const longestRow = 512;

/** How units of flattened maps lie. */
export interface PlaceRows {
  columns: number;
  rowNames: RowNames;
  /** a row for each (y, x); else for each y */
  isByPlace: boolean;
}

/**
 * Units of flattened maps in rows of one place, (y, x), a cell for each channel; where channels are few, in rows of all places of
 * one y. Undefined where neither makes a picture.
 */
export function arrangePlaces([height = 1, width = 1, channels = 1]: readonly number[]): PlaceRows | undefined {
  if (height * width === 1) return undefined;
  if (channels < 8 || height * width > 1024) {
    const names = Array.from({ length: height }, (_, y) => `y ${y}`);
    const isByPlace = false;
    return width * channels > longestRow
      ? undefined
      : { columns: width * channels, rowNames: { names, group: 1 }, isByPlace };
  }
  // Where one place has more channels than a row holds, it has several rows of equal length.
  let lines = Math.ceil(channels / longestRow);
  while (channels % lines !== 0) lines++;
  const names = Array.from({ length: height * width * lines }, (_, row) => {
    const place = Math.floor(row / lines);
    return row % lines === 0 ? `(${Math.floor(place / width)}, ${place % width})` : '';
  });
  return { columns: channels / lines, rowNames: { names, group: width * lines }, isByPlace: true };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/**
 * How a layer's tiles are arranged.
 *
 * @param shape without the batch: [height, width, channels] or [units]
 * @param flattened of a Flatten: the shape of the maps that its units come from
 */
export function arrangeLayer(
  { shape, flattened }: { shape: readonly number[]; flattened?: readonly number[] | null },
  options: { columns: number; tile: number },
): Arrangement {
  const [height = 1, width = 1] = shape.length === 3 ? shape : [];
  const count = shape.at(-1) ?? 1;
  return width * height === 1 ? arrangeUnits(count, flattened) : arrangeMaps({ width, height, count }, options);
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
export function rowNumbersWidth({ count, columns, rowNames }: Arrangement, unit: number, step = columns): number {
  if (rowNames) return Math.max(...rowNames.names.map((name) => textWidth(name, unit))) + 3 * unit;
  const rows = Math.ceil(count / columns);
  return rows > 1 ? textWidth(String((rows - 1) * step), unit) + 3 * unit : 0;
}
