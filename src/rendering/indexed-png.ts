// PNG files with a palette, whose indexes can be read back.

import type { Color } from '../base/raster.js';
import { assemblePng, encodeChunk, indexedColor } from './png-chunks.js';

/** A picture whose pixels are places in a table of colors. */
export interface IndexedPicture {
  width: number;
  height: number;
  /** one a pixel, row by row */
  indexes: Uint8Array;
  /** 256 at most */
  palette: readonly Color[];
}

/**
 * The bytes of a PNG file with a palette: one byte a pixel, a quarter of what RGBA takes, and whoever reads the file gets the
 * indexes back.
 */
export function encodeIndexedPng({ indexes, palette, ...size }: IndexedPicture): Uint8Array {
  const chunks = [encodeChunk('PLTE', Buffer.from(palette.flat()))];
  return assemblePng({ ...size, colorType: indexedColor, pixels: indexes, level: 6, chunks });
}
