// The cards of an overview: the image, a layer, the prediction.

import type { CellPlaces } from '../base/cell-places.js';
import type { Plane } from '../base/plane.js';
import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import type { Colormap } from './colormap.js';
import { nonValueIndex, normalizeValues, type Scale } from './normalize.js';
import { placeCells } from './place-cells.js';
import { chooseClasses, type NamedProbability, paintProbability, rowHeight } from './probabilities.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';
import { paintThumbnail } from './thumbnail.js';
import { paintMap } from './tile.js';
import { wrapText } from './wrap-text.js';

/** Room for the number of a channel above its tile, pixels. */
export const LABEL_HEIGHT = 22;

/** A layer, and what is shown of it. */
export interface OverviewLayer {
  name: string;
  /** without the batch: [height, width, channels] */
  shape: readonly number[];
  /** mean absolute activation, and where its cells lie on the image */
  activity: Plane;
  cells: CellPlaces;
  /** the strongest channels, the strongest first */
  strongest: readonly { channel: number; plane: Plane }[];
}

/** How many tiles lie side by side below an image. */
export type TileColumns = 1 | 2 | 3;

/** @param size of the image above, pixels */
export function tileSize(size: number, columns: TileColumns): number {
  return Math.floor((size + 2) / columns) - 2;
}

interface Place {
  x: number;
  y: number;
  /** of the image's longer side, pixels */
  size: number;
  unit: number;
}

const predictedAtMost = 5;
const restAtMost = 6;

function lineHeight(unit: number): number {
  return textHeight(unit) + 4 * unit;
}

function drawName(raster: Raster, name: string, shape: readonly number[], { x, y, size, unit }: Place): void {
  drawText(raster, fitName(name, size + 20, unit), x, y, unit, colors.ink);
  drawText(raster, shape.join(' \u00d7 '), x, y + lineHeight(unit), unit, colors.secondary);
}

/**
 * A name's end identifies it as much as its beginning; of a network within the network, which networks it lies in identifies it
 * least.
 */
function fitName(address: string, width: number, unit: number): string {
  if (textWidth(address, unit) <= width) return address;
  const name = address.slice(address.lastIndexOf('/') + 1);
  let shown = name;
  for (let kept = name.length - 1; kept > 4 && textWidth(shown, unit) > width; kept--) {
    shown = `${name.slice(0, Math.floor(kept / 2))}...${name.slice(-Math.ceil(kept / 2))}`;
  }
  return shown;
}

/** @param size of what the network got, pixels */
export function drawPhotographCard(
  raster: Raster,
  photograph: Raster,
  { width, height }: Pick<Raster, 'width' | 'height'>,
  place: Place,
): void {
  drawName(raster, 'input', [height, width, 3], place);
  paintThumbnail(raster, photograph, place.x, place.y + 2 * lineHeight(place.unit) + 4, 1);
}

/** Name and shape, the image under the layer's activity, and below it the strongest channels. */
export function drawLayerCard(
  raster: Raster,
  { name, shape, activity, cells, strongest }: OverviewLayer,
  place: Place & { photograph: Raster; tileColumns: TileColumns; colormap: Colormap },
): void {
  const { x, size, unit, photograph, tileColumns, colormap } = place;
  drawName(raster, name, shape, place);
  const y = place.y + 2 * lineHeight(unit) + 4;
  const { width, height } = photograph;
  paintThumbnail(raster, photograph, x, y, 1);
  tint(raster, placeCells(activity, cells, { width, height, smooth: false }), x, y, colormap);
  const tile = tileSize(size, tileColumns);
  const [stepX, stepY] = [tile + 2, tile + LABEL_HEIGHT];
  strongest.forEach(({ channel, plane }, index) => {
    const left = x + (index % tileColumns) * stepX;
    const top = y + size + 12 + Math.floor(index / tileColumns) * stepY;
    drawText(raster, String(channel), left, top, unit, colors.secondary);
    paintTile(raster, plane, { x: left, y: top + lineHeight(unit) - 2, size: tile }, colormap);
  });
}

/** A map from 0 to its largest absolute value, enlarged by a whole factor or averaged over whole squares to fit a size. */
function paintTile(
  raster: Raster,
  plane: Plane,
  { x, y, size }: { x: number; y: number; size: number },
  colormap: Colormap,
): void {
  const small = averageSquares(plane, Math.ceil(Math.max(plane.width, plane.height) / size));
  const indexes = normalizeValues(small.values, fromZero(small.values));
  const factor = Math.max(1, Math.floor(size / Math.max(small.width, small.height)));
  paintMap(raster, { width: small.width, height: small.height, indexes }, x, y, factor, colormap);
}

function fromZero(values: Float32Array): Scale {
  let high = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (value > high && value < Infinity) high = value;
  }
  return { kind: 'range', low: 0, high };
}

/** The means of the absolute values in squares of cells; the last ones may be smaller. */
function averageSquares({ width, height, values }: Plane, step: number): Plane {
  if (step === 1) return { width, height, values: values.map(Math.abs) };
  const [across, down] = [Math.ceil(width / step), Math.ceil(height / step)];
  const means = new Float32Array(across * down);
  for (let row = 0; row < down; row++) {
    const bottom = Math.min(height, (row + 1) * step);
    for (let column = 0; column < across; column++) {
      const right = Math.min(width, (column + 1) * step);
      const area = { left: column * step, right, top: row * step, bottom };
      means[row * across + column] = meanSize(values, width, area);
    }
  }
  return { width: across, height: down, values: means };
}

interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function meanSize(values: Float32Array, width: number, { left, right, top, bottom }: Area): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += Math.abs(values[y * width + x] as number);
  }
  return sum / ((right - left) * (bottom - top));
}

/** How much of the image the strongest values leave, 0..1. */
const strongestOpacity = 0.8;

/** Turns an image gray and colors it by a map of its size: the stronger, the more opaque. */
function tint(raster: Raster, map: Plane, x: number, y: number, { colors: ramp }: Colormap): void {
  const indexes = normalizeValues(map.values, fromZero(map.values));
  const colored = [...ramp, colors.nonValue[0]];
  const { data } = raster;
  for (let row = 0; row < map.height; row++) {
    let offset = ((y + row) * raster.width + x) * 4;
    for (let column = 0; column < map.width; column++, offset += 4) {
      const gray = grayAt(data, offset);
      const index = indexes[row * map.width + column] as number;
      const color = colored[index] as Color;
      const opacity = index === nonValueIndex ? 1 : strongestOpacity * Math.sqrt(index / 255);
      data[offset] = gray + (color[0] - gray) * opacity;
      data[offset + 1] = gray + (color[1] - gray) * opacity;
      data[offset + 2] = gray + (color[2] - gray) * opacity;
    }
  }
}

function grayAt(data: Uint8ClampedArray, offset: number): number {
  const [red, green, blue] = [data[offset] as number, data[offset + 1] as number, data[offset + 2] as number];
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** The layers that have no maps, a line each, and the bars of the most probable classes. */
export function drawPredictionCard(
  raster: Raster,
  { rest, classes, verdict }: { rest: readonly string[]; classes: readonly NamedProbability[]; verdict?: string },
  { x, y, width, unit }: Place & { width: number },
): void {
  const lines =
    rest.length > restAtMost ? [...rest.slice(0, restAtMost - 1), `and ${rest.length - restAtMost + 1} more`] : rest;
  let top = y;
  for (const line of lines) {
    drawText(raster, fitName(line, width, unit), x, top, unit, colors.secondary);
    top += lineHeight(unit);
  }
  top += lines.length > 0 ? 12 : 0;
  const shown = chooseClasses(classes, predictedAtMost);
  shown.forEach((_, index) => {
    paintProbability(raster, shown, index, { x, y: top + index * rowHeight(unit), width, unit });
  });
  top += shown.length * rowHeight(unit) + 6;
  for (const line of verdict === undefined ? [] : wrapText(verdict, width, unit)) {
    drawText(raster, line, x, top, unit, colors.ink);
    top += lineHeight(unit);
  }
}

/** A small triangle that points to the right, its middle at x, y. */
export function drawArrow(raster: Raster, x: number, y: number): void {
  const [length, half] = [9, 8];
  for (let column = 0; column < length; column++) {
    const reach = Math.round(half * (1 - column / length));
    fillRectangle(
      raster,
      Math.round(x - length / 2) + column,
      Math.round(y) - reach,
      1,
      2 * reach + 1,
      colors.secondary,
    );
  }
}
