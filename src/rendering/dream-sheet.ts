// Dreams of one layer's channels, or of classes, on one sheet.

import { createRaster, type Raster } from '../base/raster.js';
import { lineUnit, renderContactSheet } from './contact-sheet.js';
import { colors } from './style.js';
import { textWidth } from './text.js';
import { paintThumbnail, thumbnailFactor } from './thumbnail.js';

/** One dream of a sheet. */
export interface DreamEntry {
  picture: Raster;
  /** what it is a dream of */
  name: string;
  /** what it reaches, a line each */
  words: readonly string[];
  /** it reaches no more than an image does */
  isFailed: boolean;
}

export interface DreamSheet {
  title: string;
  subtitle: string;
  entries: readonly DreamEntry[];
}

/** Larger pictures are made smaller on a sheet. Pixels. */
const largest = 256;
/** Room for words; pictures come near to it by a whole factor. Pixels. */
const smallest = 176;

/** Numbers are never cut. */
const widthOf = (words: string) => textWidth(words, lineUnit);

/** Every dream with what it reaches; those that reach no more than an image are marked. */
export function renderDreamSheet({ title, subtitle, entries }: DreamSheet): Raster {
  const shown = entries.map(({ picture }) => shrink(picture));
  const side = Math.max(1, ...shown.flatMap(({ width, height }) => [width, height]));
  return renderContactSheet({
    title,
    subtitle,
    cell: Math.max(smallest, side * Math.round(smallest / side), ...entries.flatMap(({ words }) => words.map(widthOf))),
    columns: 8,
    entries: entries.map(({ name, words, isFailed }, index) => ({
      picture: shown[index] as Raster,
      lines: [name, ...words],
      isMarked: isFailed,
    })),
  });
}

function shrink(picture: Raster): Raster {
  if (Math.max(picture.width, picture.height) <= largest) return picture;
  const factor = thumbnailFactor(picture, largest);
  const small = createRaster(Math.floor(picture.width * factor), Math.floor(picture.height * factor), colors.page);
  paintThumbnail(small, picture, 0, 0, factor);
  return small;
}
