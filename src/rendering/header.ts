// The head of a page: image, title, subtitle and color bar.

import type { Raster } from '../base/raster.js';
import { type ColorBar, colorBarSize, drawColorBar } from './color-bar.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';
import { paintThumbnail, thumbnailFactor } from './thumbnail.js';
import { wrapText } from './wrap-text.js';

/** What stands above the cells. */
export interface HeaderContent {
  title: string;
  subtitle: string;
  /** of pages that follow each other: those of them all, so that all are of one size */
  subtitles?: readonly string[];
  /** absent where no color stands for a value */
  bar?: ColorBar;
  /** the image that the page is about, or several, small at the left */
  photograph?: Raster | readonly Raster[];
}

/** Where it stands. */
export interface Header {
  height: number;
  /** 0 where it fits beside what it needs room for */
  width: number;
  titleLines: readonly string[];
  barBelow: boolean;
  titleUnit: number;
  unit: number;
  /** room for images at the left */
  indent: number;
}

/** Longest side of the image, units. */
const photographSize = 75;

/**
 * @param width of the cells, pixels
 * @param fixed of the page's content, where all pictures of a call have one: a long title is broken into lines then
 */
export function layOutHeader(
  { title, subtitle, subtitles = [subtitle], bar, photograph }: HeaderContent,
  { unit, width, fixed }: { unit: number; width: number; fixed: number | undefined },
): Header {
  const titleUnit = Math.round(unit * 1.5);
  const thumbnails = layOutThumbnails(photograph, unit);
  const indent = thumbnails.reduce((sum, { width }) => sum + width, 0);
  const barSize = bar ? colorBarSize(bar, unit) : { width: 0, height: 0 };
  const room = Math.max(width, fixed ?? 0) - indent;
  const beside = room - barSize.width - 12 * unit;
  const subtitleWidth = Math.max(...subtitles.map((each) => textWidth(each, unit)));
  const needed = Math.max(textWidth(title, titleUnit), subtitleWidth);
  const barBelow = bar !== undefined && (fixed === undefined ? needed > beside : beside < 150 * unit);
  const titleLines = fixed === undefined ? [title] : wrapText(title, barBelow ? room : beside, titleUnit);
  const words = Math.max(...titleLines.map((line) => textWidth(line, titleUnit)), subtitleWidth);
  const titleHeight = titleLines.length * (textHeight(titleUnit) + 5 * unit);
  const wordsHeight = titleHeight + textHeight(unit);
  const height = barBelow ? wordsHeight + 6 * unit + barSize.height : Math.max(wordsHeight, barSize.height);
  return {
    height: Math.max(height, ...thumbnails.map((thumbnail) => thumbnail.height)),
    width: barBelow || bar === undefined ? indent + Math.max(words, barSize.width) : 0,
    ...{ titleLines, barBelow, titleUnit, unit, indent },
  };
}

/** @param margin of the page, pixels */
export function drawHeader(raster: Raster, content: HeaderContent, header: Header, margin: number): void {
  const { unit, titleUnit, titleLines, indent } = header;
  const { photograph, bar } = content;
  let x = margin;
  for (const thumbnail of layOutThumbnails(photograph, unit)) {
    paintThumbnail(raster, thumbnail.photograph, x, margin, thumbnail.factor);
    x += thumbnail.width;
  }
  const left = margin + indent;
  let y = margin;
  for (const line of titleLines) {
    drawText(raster, line, left, y, titleUnit, colors.ink);
    y += textHeight(titleUnit) + 5 * unit;
  }
  drawText(raster, content.subtitle, left, y, unit, colors.secondary);
  if (bar === undefined) return;
  const size = colorBarSize(bar, unit);
  if (header.barBelow) drawColorBar(raster, bar, left, y + textHeight(unit) + 6 * unit, unit);
  else drawColorBar(raster, bar, raster.width - margin - size.width, margin, unit);
}

/** Images at the size that they have in the head, with the space to the right of each. */
function layOutThumbnails(photograph: HeaderContent['photograph'], unit: number) {
  return [photograph ?? []].flat().map((each) => {
    const factor = thumbnailFactor(each, photographSize * unit);
    const [width, height] = [Math.floor(each.width * factor) + 8 * unit, Math.floor(each.height * factor)];
    return { photograph: each, factor, width, height };
  });
}
