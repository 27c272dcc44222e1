// Images in rows, with words below.

import { createRaster, fillRectangle, pixelView, type Raster } from '../base/raster.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

/** One picture of a contact sheet. */
export interface SheetEntry {
  /** no larger than a cell */
  picture: Raster;
  /** lines of text below it, the first one the most important; cut off where they are too long */
  lines: readonly string[];
  /** framed and worded in red */
  isMarked?: boolean;
}

export interface ContactSheet {
  title: string;
  subtitle: string;
  entries: readonly SheetEntry[];
  /** longest side of a picture, pixels; default SHEET_CELL */
  cell?: number;
  /** pictures in a row; default 4 */
  columns?: number;
}

export const SHEET_CELL = 240;
const gap = 20;
const margin = 20;
/** Of the lines below a picture: see `textWidth`. */
export const lineUnit = 2;
const titleUnit = 3;
const lineHeight = textHeight(lineUnit) + 8;

/** Pictures in rows, each in its own proportions, with words below. */
export function renderContactSheet(options: ContactSheet): Raster {
  const { title, subtitle, entries, cell = SHEET_CELL, columns = 4 } = options;
  const used = Math.max(1, Math.min(columns, entries.length));
  const lineCount = Math.max(0, ...entries.map(({ lines }) => lines.length));
  const rowStep = cell + lineCount * lineHeight + gap;
  const top = margin + textHeight(titleUnit) + 10 + textHeight(lineUnit) + gap;
  const words = Math.max(textWidth(title, titleUnit), textWidth(subtitle, lineUnit));
  const width = Math.max(used * (cell + gap) - gap, words) + 2 * margin;
  const sheet = createRaster(width, top + Math.ceil(entries.length / used) * rowStep - gap + margin, colors.page);
  drawText(sheet, title, margin, margin, titleUnit, colors.ink);
  drawText(sheet, subtitle, margin, margin + textHeight(titleUnit) + 10, lineUnit, colors.secondary);
  entries.forEach((entry, index) => {
    const x = margin + (index % used) * (cell + gap);
    drawEntry(sheet, entry, cell, x, top + Math.floor(index / used) * rowStep);
  });
  return sheet;
}

/** A picture in the middle of its cell, framed, enlarged by a whole factor where there is room, and its words. */
function drawEntry(sheet: Raster, { picture, lines, isMarked }: SheetEntry, cell: number, x: number, y: number): void {
  fillRectangle(sheet, x, y, cell, cell, [240, 240, 243]);
  const factor = Math.floor(cell / Math.max(picture.width, picture.height));
  const left = x + ((cell - factor * picture.width) >> 1);
  const top = y + ((cell - factor * picture.height) >> 1);
  const [framedWidth, framedHeight] = [factor * picture.width + 2, factor * picture.height + 2];
  if (isMarked) fillRectangle(sheet, left - 3, top - 3, framedWidth + 4, framedHeight + 4, colors.warning);
  else fillRectangle(sheet, left - 1, top - 1, framedWidth, framedHeight, colors.frame);
  const [from, to] = [pixelView(picture), pixelView(sheet)];
  for (let row = 0; row < factor * picture.height; row++) {
    for (let column = 0; column < factor * picture.width; column++) {
      const pixel = Math.floor(row / factor) * picture.width + Math.floor(column / factor);
      to[(top + row) * sheet.width + left + column] = from[pixel] as number;
    }
  }
  lines.forEach((line, index) => {
    const color = isMarked ? colors.warning : index === 0 ? colors.ink : colors.secondary;
    drawText(sheet, fitText(line, cell), x, y + cell + 8 + index * lineHeight, lineUnit, color);
  });
}

/** A text too wide for a cell loses its middle: a name's end identifies it as much as its beginning. */
function fitText(text: string, width: number): string {
  const characters = Array.from(text.normalize('NFC'));
  let shown = text;
  for (let kept = characters.length - 1; kept > 1 && textWidth(shown, lineUnit) > width; kept--) {
    const tail = Math.ceil(kept / 2);
    shown = `${characters.slice(0, kept - tail).join('')}...${characters.slice(-tail).join('')}`;
  }
  return shown;
}
