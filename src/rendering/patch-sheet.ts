// Patches of images in blocks, one block a channel.

import { type Color, fillRectangle, pixelView, type Raster } from '../base/raster.js';
import { type Note, renderPage } from './page.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

/** One patch of an image. */
export interface SheetPatch {
  /** not larger than PATCH_SIZE; alpha 0 outside of the image */
  picture: Raster;
  /** below it */
  text: string;
  /** of its class; absent without classes */
  color?: Color;
}

/** A channel's patches. */
export interface PatchBlock {
  heading: string;
  patches: readonly SheetPatch[];
}

export interface PatchSheet {
  title: string;
  subtitle: string;
  blocks: readonly PatchBlock[];
  /** patches of a block, at most */
  count: number;
  /** what the colors stand for */
  legend: readonly { text: string; color: Color }[];
  sentences: readonly string[];
}

/** Where a patch is on the sheet, pixels. */
export interface PatchPlace {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Pixels of a patch's longest side. */
export const PATCH_SIZE = 72;
const gap = 6;
const barHeight = 4;
const unit = 2;
const textGap = 3;
const blockGap = 20;
/** Blocks stand beside each other up to about this width. */
const widthWanted = 1200;
const headingHeight = textHeight(unit) + 8;
const rowHeight = PATCH_SIZE + 1 + barHeight + textGap + textHeight(unit) + gap;
const outside: Color = [226, 226, 232];
const hatching: Color = [190, 190, 200];

/** What the blocks of a sheet take together is no higher than this. Pixels. */
const heightAtMost = 10_000;

/** How many blocks a sheet has room for, one at least. @param count as of a PatchSheet */
export function countBlocks(headings: readonly string[], count: number): number {
  const { width, height } = measureBlock(headings, count);
  return Math.max(1, Math.floor(heightAtMost / height)) * columnsOf(width);
}

function measureBlock(headings: readonly string[], count: number) {
  const across = Math.ceil(Math.sqrt(count));
  const wide = Math.max(across * (PATCH_SIZE + gap), ...headings.map((heading) => textWidth(heading, unit)));
  const height = headingHeight + Math.ceil(count / across) * rowHeight + blockGap;
  return { across, width: wide + blockGap, height };
}

function columnsOf(width: number): number {
  return Math.max(1, Math.floor(widthWanted / width));
}

/** Draws the sheet. @returns it, and the place of every patch, block by block */
export function renderPatchSheet(sheet: PatchSheet): { picture: Raster; places: PatchPlace[][] } {
  const { title, subtitle, blocks, count, legend, sentences } = sheet;
  const headings = blocks.map(({ heading }) => heading);
  const { across, width, height } = measureBlock(headings, count);
  const places = blocks.map((): PatchPlace[] => []);
  const picture = renderPage({
    title,
    subtitle,
    cells: {
      count: blocks.length,
      columns: Math.max(1, Math.min(blocks.length, columnsOf(width))),
      width,
      height,
    },
    numbered: false,
    notes: [...legend.map(explainColor), ...sentences.map((text) => ({ text })), ...explainOutside(blocks)],
    paintCell(target, index, x, y) {
      const { heading, patches } = blocks[index] as PatchBlock;
      drawText(target, heading, x, y, unit, colors.ink);
      patches.forEach((patch, at) => {
        const left = x + 1 + (at % across) * (PATCH_SIZE + gap);
        const top = y + headingHeight + 1 + Math.floor(at / across) * rowHeight;
        places[index]?.push(paintPatch(target, patch, left, top));
      });
    },
  });
  return { picture, places };
}

/** In the middle of its square, framed, with its class's bar and its number below. */
function paintPatch(target: Raster, { picture, text, color }: SheetPatch, x: number, y: number): PatchPlace {
  const place = paintPicture(target, picture, x, y, { size: PATCH_SIZE, frame: colors.frame });
  const below = y + PATCH_SIZE + 2;
  if (color !== undefined) fillRectangle(target, x, below, PATCH_SIZE, barHeight, color);
  drawText(target, text, x, below + barHeight + textGap, unit, colors.secondary);
  return place;
}

/** Paints a part of an image in the middle of a square, framed; what lies outside of the image is hatched. */
export function paintPicture(
  target: Raster,
  picture: Raster,
  x: number,
  y: number,
  { size, frame, frameSize = 1 }: { size: number; frame: Color; frameSize?: number },
): PatchPlace {
  const { width, height } = picture;
  const left = x + ((size - width) >> 1);
  const top = y + ((size - height) >> 1);
  fillRectangle(target, left - frameSize, top - frameSize, width + 2 * frameSize, height + 2 * frameSize, frame);
  hatch(target, left, top, width, height);
  const [from, to] = [pixelView(picture), pixelView(target)];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      if (picture.data[pixel * 4 + 3] === 0) continue;
      to[(top + row) * target.width + left + column] = from[pixel] as number;
    }
  }
  return { left, top, width, height };
}

/** What lies outside of the image. */
function hatch(target: Raster, x: number, y: number, width: number, height: number): void {
  fillRectangle(target, x, y, width, height, outside);
  for (let row = 0; row < height; row++) {
    for (let column = (8 - (row % 8)) % 8; column < width; column += 8) {
      fillRectangle(target, x + column, y + row, 1, 1, hatching);
    }
  }
}

function explainColor({ text, color }: { text: string; color: Color }): Note {
  return { text, paintSample: (raster, x, y, size) => fillRectangle(raster, x, y, size, size, color) };
}

function explainOutside(blocks: readonly PatchBlock[]): Note[] {
  const isCut = ({ picture: { data } }: SheetPatch) => data.some((value, at) => at % 4 === 3 && value === 0);
  if (!blocks.some(({ patches }) => patches.some(isCut))) return [];
  return [
    {
      text: 'beyond the border of the image',
      paintSample: (raster, x, y, size) => hatch(raster, x, y, size, size),
    },
  ];
}
