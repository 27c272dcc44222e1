// The files of dreams: a picture each, and a sheet for each layer.

import { formatSignificant } from '../base/numbers.js';
import type { Raster } from '../base/raster.js';
import { type DreamEntry, renderDreamSheet } from '../rendering/dream-sheet.js';
import { encodePngInBackground } from '../rendering/png.js';
import type { ResultFile } from './activation-files.js';
import { encodeNpy } from './npy.js';
import type { PictureSource } from './picture-source.js';

/** A dream, ready to be written. */
export interface DrawableDream {
  /** of its files' names */
  base: string;
  picture: Raster;
  /** of a layer or of classes */
  place: string;
  /** of the channel or of the class */
  subject: string;
  /** what the network gets, [height, width, channels]; absent: not to be written */
  input?: Float32Array;
}

/** The picture, and the network's input. */
export function drawDream(dream: DrawableDream, { texts }: PictureSource): ResultFile[] {
  const { base, picture, place, subject, input } = dream;
  const about = { ...texts, Layer: place, Subject: subject };
  const files: ResultFile[] = [{ name: `${base}.png`, content: encodePngInBackground(picture, about) }];
  if (input !== undefined) {
    const { height, width } = picture;
    files.push({ name: `${base}.npy`, content: encodeNpy([height, width, input.length / (height * width)], input) });
  }
  return files;
}

/** What a sheet shows. */
export interface DrawableDreams {
  /** of the file's name */
  base: string;
  title: string;
  /** how the pictures were made */
  recipe: string;
  /** the images that are compared with, in words; absent: none */
  images?: string;
  dreams: readonly SheetDream[];
}

export interface SheetDream extends Pick<DreamEntry, 'picture' | 'name' | 'isFailed'> {
  /** whether its ascent had a gradient */
  began: boolean;
  /** of each number its name, what the dream reaches, and the highest of the images */
  numbers: readonly (readonly [name: string, reached: number, images: number | undefined])[];
}

/** All dreams of a layer, or of classes. */
export function drawDreamSheet(
  { base, title, recipe, images, dreams }: DrawableDreams,
  { words, texts }: PictureSource,
): ResultFile {
  const compared =
    images === undefined
      ? []
      : [`below each number the highest of ${images}; red: mean not above it, or cell below it`];
  const sheet = renderDreamSheet({
    title: [title, ...words].join(' - '),
    subtitle: [recipe, ...compared].join(' - '),
    entries: dreams.map(({ picture, name, isFailed, began, numbers }) => ({
      ...{ picture, name, isFailed },
      words: [...numbers.flatMap(describeNumber), ...(began ? [] : ['no gradient'])],
    })),
  });
  return { name: `${base}.png`, content: encodePngInBackground(sheet, { ...texts, Recipe: recipe }) };
}

function describeNumber([name, reached, images]: SheetDream['numbers'][number]): string[] {
  const own = `${name} ${formatSignificant(reached, 2)}`;
  if (images === undefined) return [own];
  return [own, `  ${reached > images ? '>' : reached < images ? '<' : '='} ${formatSignificant(images, 2)}`];
}
