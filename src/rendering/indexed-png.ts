// PNG files with a palette, whose indexes can be read back.

import { constants, deflateSync } from 'node:zlib';
import type { Color } from '../base/raster.js';
import { encodeChunk, frameRows, indexedColor, signature } from './png-chunks.js';
import { filterRows } from './png-filters.js';

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
 * indexes back. pngjs writes none of these.
 */
export function encodeIndexedPng({ width, height, indexes, palette }: IndexedPicture): Uint8Array {
  return encodePalettePng({ width, height, palette }, deflateSync(frameRows(indexes, height), { level: 6 }));
}

/** @param pixels the rows with their filters, compressed */
function encodePalettePng({ width, height, palette }: Omit<IndexedPicture, 'indexes'>, pixels: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, indexedColor], 8);
  return Buffer.concat([
    signature,
    encodeChunk('IHDR', header),
    encodeChunk('PLTE', Buffer.from(palette.flat())),
    encodeChunk('IDAT', pixels),
    encodeChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The same with filtered rows, for pictures of maps: two thirds of the bytes. */
export function encodeFilteredPng({ width, height, indexes, palette }: IndexedPicture): Uint8Array {
  const rows = filterRows(indexes, width, height);
  // What filters leave of maps repeats in runs at most, and takes a twentieth less as such; what they leave of colors does not.
  const [runs, matches] = [constants.Z_RLE, constants.Z_FILTERED].map((strategy) =>
    deflateSync(rows, { level: 6, strategy }),
  ) as [Buffer, Buffer];
  return encodePalettePng({ width, height, palette }, runs.length < matches.length ? runs : matches);
}
