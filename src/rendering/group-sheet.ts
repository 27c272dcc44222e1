// Images with groups of channels painted on them, and the patches of each group.

import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import { type PageTable, renderPage } from './page.js';
import { PATCH_SIZE, type PatchPlace, paintPicture } from './patch-sheet.js';
import { fitText } from './probabilities.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

/** An image, and the same with the groups painted on it. */
export interface PaintedImage {
  name: string;
  photograph: Raster;
  /** of the same size */
  painted: Raster;
}

/** A row of the sheet. */
export interface GroupRow {
  color: Color;
  /** `group 1: 34 % of what is explained` */
  heading: string;
  /** smaller, below it */
  words: string;
  /** none larger than PATCH_SIZE; alpha 0 outside of the image */
  patches: readonly { picture: Raster; text: string }[];
}

export interface GroupSheet {
  title: string;
  subtitle: string;
  images: readonly PaintedImage[];
  rows: readonly GroupRow[];
  sentences: readonly string[];
}

/** Pixels of an image's longest side. */
export const PHOTOGRAPH_SIZE = 150;
const unit = 2;
const gap = 8;
const columnsAtMost = 3;
const frameSize = 3;
const lineHeight = textHeight(unit) + 8;
const patchStep = PATCH_SIZE + 2 * frameSize + 4;
const rowGap = 14;
const markSize = textHeight(unit);
/** Patches that stand beside each other, at least; about twice as many as below each other. */
const patchesAcross = 9;

/** Draws the sheet. @returns it, and the places of the painted images and of the patches, row by row */
export function renderGroupSheet(sheet: GroupSheet): {
  picture: Raster;
  images: PatchPlace[];
  patches: PatchPlace[][];
} {
  const { title, subtitle, images, rows, sentences } = sheet;
  const size = PHOTOGRAPH_SIZE;
  const width = 2 * (size + 2) + gap;
  const places = { images: [] as PatchPlace[], patches: rows.map((): PatchPlace[] => []) };
  const picture = renderPage({
    ...{ title, subtitle, numbered: false },
    cells: {
      count: images.length,
      columns: Math.max(1, Math.min(columnsAtMost, images.length)),
      width: width + 2 * gap,
      height: size + 2,
    },
    captions: images.map(({ name }) => fitText(name, width, unit)),
    table: layOutRows(rows, places.patches),
    notes: sentences.map((text) => ({ text })),
    paintCell(target, index, x, y) {
      const { photograph, painted } = images[index] as PaintedImage;
      const frame = colors.frame;
      paintPicture(target, photograph, x + gap, y + 1, { size, frame });
      places.images.push(paintPicture(target, painted, x + 2 * gap + size + 2, y + 1, { size, frame }));
    },
  });
  return { picture, ...places };
}

/** A row a group: its color, what it is, its patches. */
function layOutRows(rows: readonly GroupRow[], places: PatchPlace[][]): PageTable {
  const words = rows.flatMap(({ heading, words: below }) => [heading, below]);
  const across = Math.max(
    patchesAcross,
    Math.ceil(Math.sqrt(2 * Math.max(0, ...rows.map(({ patches }) => patches.length)))),
  );
  const linesOf = ({ patches }: GroupRow) => Math.ceil(patches.length / across);
  const heightOf = (row: GroupRow) => 2 * lineHeight + linesOf(row) * (patchStep + lineHeight) + rowGap;
  return {
    width: Math.max(across * patchStep, ...words.map((text) => textWidth(text, unit) + markSize + gap)),
    height: rows.reduce((sum, row) => sum + heightOf(row), 0),
    paint(target, x, y) {
      let top = y;
      rows.forEach((row, index) => {
        places[index]?.push(...paintRow(target, row, x, top, across));
        top += heightOf(row);
      });
    },
  };
}

function paintRow(target: Raster, row: GroupRow, x: number, y: number, across: number): PatchPlace[] {
  const { color, heading, words, patches } = row;
  fillRectangle(target, x, y, markSize, markSize, color);
  drawText(target, heading, x + markSize + gap, y, unit, colors.ink);
  drawText(target, words, x + markSize + gap, y + lineHeight, unit, colors.secondary);
  return patches.map(({ picture, text }, index) => {
    const left = x + frameSize + (index % across) * patchStep;
    const top = y + 2 * lineHeight + frameSize + Math.floor(index / across) * (patchStep + lineHeight);
    drawText(target, text, left, top + PATCH_SIZE + frameSize + 4, unit, colors.secondary);
    return paintPicture(target, picture, left, top, { size: PATCH_SIZE, frame: color, frameSize });
  });
}
