// An image and the maps of some classes over it.

import type { Plane } from '../base/plane.js';
import { pixelView, type Raster } from '../base/raster.js';
import { getColormap } from './colormap.js';
import { enlargePlane } from './enlarge.js';
import { overlayBar, overlayMap } from './overlay.js';
import { renderPage } from './page.js';
import { textUnit } from './style.js';
import { textWidth } from './text.js';

export interface ExplanationOptions {
  /** what made the maps */
  title: string;
  /** where */
  subtitle: string;
  photograph: Raster;
  /** one a class, of any size: each covers the whole image */
  maps: readonly { caption: string; map: Plane }[];
  /** what has to be said of the maps */
  sentences: readonly string[];
}

const columns = 5;

/** The image, and beside it in gray with the map of each class over it, all maps on one scale around 0. */
export function renderExplanation({ title, subtitle, photograph, maps, sentences }: ExplanationOptions): Raster {
  const ramp = getColormap('coolwarm');
  const { limit, hasNegative } = findLimit(maps.map(({ map }) => map));
  const { width, height } = photograph;
  const pictures = [
    photograph,
    ...maps.map(({ map }) => overlayMap(photograph, enlargePlane(map, width, height), limit, ramp)),
  ];
  const captions = ['image', ...maps.map(({ caption }) => caption)];
  const usedColumns = Math.min(columns, pictures.length);
  const unit = textUnit(usedColumns * (width + 1));
  const cellWidth = Math.max(width, ...captions.map((caption) => textWidth(caption, unit) + 4 * unit));
  return renderPage({
    title,
    subtitle,
    bar: overlayBar('evidence, over light and dark', limit, hasNegative, ramp),
    cells: { count: pictures.length, columns, width: cellWidth, height },
    numbered: false,
    captions,
    notes: sentences.map((text) => ({ text })),
    paintCell(target, index, x, y) {
      paintPicture(target, pictures[index] as Raster, x + Math.floor((cellWidth - width) / 2), y);
    },
  });
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

function paintPicture(target: Raster, picture: Raster, x: number, y: number): void {
  const [from, to] = [pixelView(picture), pixelView(target)];
  for (let row = 0; row < picture.height; row++) {
    to.set(from.subarray(row * picture.width, (row + 1) * picture.width), (y + row) * target.width + x);
  }
}
