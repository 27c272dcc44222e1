// An image and the maps of some classes over it.

import type { CellPlaces } from '../base/cell-places.js';
import type { Plane } from '../base/plane.js';
import { type Color, fillRectangle, pixelView, type Raster } from '../base/raster.js';
import { getColormap } from './colormap.js';
import { overlayBar, overlayMap } from './overlay.js';
import { renderPage } from './page.js';
import { placeCells } from './place-cells.js';
import { colors, textUnit } from './style.js';
import { textWidth } from './text.js';

export interface ExplanationOptions {
  /** what made the maps */
  title: string;
  /** where */
  subtitle: string;
  photograph: Raster;
  /** one a class, or one a method */
  maps: readonly ExplanationMap[];
  /** what has to be said of the maps */
  sentences: readonly string[];
}

export interface ExplanationMap {
  caption: string;
  map: Plane;
  /** where its cells lie */
  cells: CellPlaces;
  /** interpolate between the cells' middles */
  smooth: boolean;
  /** sets it off from the others */
  isPredicted: boolean;
}

const columnsAtMost = 5;

/** The image, and beside it in gray with each map over it, all maps on one scale around 0. */
export function renderExplanation(options: ExplanationOptions): Raster {
  const { title, subtitle, photograph, maps, sentences } = options;
  const ramp = getColormap('coolwarm');
  const { limit, hasNegative } = findLimit(maps.map(({ map }) => map));
  const { width, height } = photograph;
  const pictures = [
    { picture: photograph, isPredicted: false },
    ...maps.map(({ map, cells, smooth, isPredicted }) => {
      const placed = placeCells(map, cells, { width, height, smooth });
      return { picture: overlayMap(photograph, placed, limit, ramp), isPredicted };
    }),
  ];
  const captions = ['image', ...maps.map(({ caption }) => caption)];
  const { columns, frame, cellWidth } = arrangeCells(captions, width);
  return renderPage({
    title,
    subtitle,
    bar: overlayBar(limit, hasNegative, ramp),
    cells: { count: pictures.length, columns, width: cellWidth, height: height + 2 * frame },
    numbered: false,
    captions,
    notes: sentences.map((text) => ({ text })),
    paintCell(target, index, x, y) {
      const { picture, isPredicted } = pictures[index] as (typeof pictures)[number];
      const left = x + Math.floor((cellWidth - width) / 2);
      paintFramed(target, picture, left, y + frame, isPredicted ? { size: frame, color: colors.ink } : thinFrame);
    },
  });
}

/** As many cells in a row as leave room for every caption, whose letters grow with the page. */
function arrangeCells(captions: readonly string[], width: number) {
  let columns = Math.min(columnsAtMost, captions.length);
  for (; ; columns--) {
    const unit = textUnit(columns * (width + 1));
    const frame = 2 * unit;
    const cellWidth = Math.max(width + 2 * frame, ...captions.map((caption) => textWidth(caption, unit) + 4 * unit));
    if (columns === 1 || textUnit(columns * (cellWidth + 1)) === unit) return { columns, frame, cellWidth };
  }
}

/** How far from 0 any value is, and whether one is below it. */
function findLimit(maps: readonly Plane[]): { limit: number; hasNegative: boolean } {
  let [low, high] = [0, 0];
  for (const { values } of maps) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { limit: Math.max(-low, high), hasNegative: low < 0 };
}

interface Frame {
  size: number;
  color: Color;
}

const thinFrame: Frame = { size: 1, color: colors.frame };

/** Paints a picture and, around it, its frame. */
function paintFramed(target: Raster, picture: Raster, x: number, y: number, { size, color }: Frame): void {
  fillRectangle(target, x - size, y - size, picture.width + 2 * size, picture.height + 2 * size, color);
  const [from, to] = [pixelView(picture), pixelView(target)];
  for (let row = 0; row < picture.height; row++) {
    to.set(from.subarray(row * picture.width, (row + 1) * picture.width), (y + row) * target.width + x);
  }
}
