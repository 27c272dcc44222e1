import type { Color } from '../raster.js';
import { encodePngFile } from './png-file.js';

/** A picture whose pixels are places in a table of colors. */
export interface IndexedPicture {
  width: number;
  height: number;
  /** one a pixel, row by row */
  indexes: Uint8Array;
  /** 256 at most */
  palette: readonly Color[];
}

/** A PNG file with a palette: a quarter of what RGBA takes, and whoever reads the file gets the indexes back. */
export function encodeIndexedPng({ width, height, indexes, palette }: IndexedPicture): Uint8Array {
  return encodePngFile({ width, height, color: 'indexed', pixels: indexes, palette: palette.flat(), level: 6 });
}
